package dev.tempera.style.cli;

import dev.tempera.style.Progress;
import dev.tempera.style.image.PictureWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes the picture every so many evaluations, beside the result.
 *
 * @param writer writes
 * @param output the result, whose name the snapshots carry with a number
 * @param every how often; null for never
 */
record Snapshots(PictureWriter writer, Path output, @Nullable Integer every) {
  void write(Progress progress) {
    int iteration = progress.losses().iteration();
    if (every != null && iteration % every == 0) {
      writer.write(progress.picture(), numbered(iteration));
    }
  }

  private Path numbered(int iteration) {
    String name = String.valueOf(output.getFileName());
    int dot = name.lastIndexOf('.');
    String stem = name.substring(0, dot);
    return output.resolveSibling(
        String.format(Locale.ROOT, "%s-%04d%s", stem, iteration, name.substring(dot)));
  }
}
