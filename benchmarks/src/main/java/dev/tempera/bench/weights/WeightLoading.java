package dev.tempera.bench.weights;

import dev.tempera.bench.process.JavaCommand;
import dev.tempera.bench.process.PeerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * How long full-size VGG19 files of each format take to load up to conv5_1, and how much memory
 * that takes beyond the weights themselves.
 *
 * <p>Arguments: a folder for the files (a temporary one; 6.5 GB), repetitions (7). Files that lie
 * in the folder are not written again. Prints one line a file, each measured by a process of its
 * own; see {@link LoadingTimes}.
 */
public final class WeightLoading {
  private WeightLoading() {}

  /** Runs and prints. */
  public static void main(String[] arguments) throws IOException {
    Path folder =
        arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("weights");
    String repetitions = arguments.length > 1 ? arguments[1] : "7";
    for (Vgg19Files.Writer file : new Vgg19Files(Vgg19.layers(1)).writers()) {
      Path path = folder.resolve(file.name());
      if (!Files.exists(path)) {
        file.write(folder);
      }
      try (PeerProcess process =
          new PeerProcess(
              JavaCommand.LIKE_THIS.running(
                  LoadingTimes.class.getName(), path.toString(), repetitions),
              Map.of())) {
        System.out.println(process.answer());
      }
    }
  }
}
