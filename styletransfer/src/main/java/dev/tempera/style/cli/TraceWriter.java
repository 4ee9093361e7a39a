package dev.tempera.style.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tempera.style.LossRecord;
import dev.tempera.style.StyleTransferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes the losses of each evaluation as one JSON object a line, at once, so that the file can be
 * watched.
 */
final class TraceWriter implements AutoCloseable {
  private final @Nullable Writer out;
  private final JsonFactory json = new JsonFactory();

  private TraceWriter(@Nullable Writer out) {
    this.out = out;
  }

  /**
   * Begins a trace.
   *
   * @param file where to; null writes nothing
   * @throws StyleTransferException if the file cannot be written
   */
  static TraceWriter to(@Nullable Path file) {
    try {
      return new TraceWriter(file == null ? null : Files.newBufferedWriter(file));
    } catch (IOException failure) {
      throw new StyleTransferException("cannot write the trace " + file + ": " + failure);
    }
  }

  /** Writes one line. */
  void write(LossRecord losses) {
    if (out == null) {
      return;
    }
    try {
      JsonGenerator line = json.createGenerator(out);
      line.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      line.writeStartObject();
      line.writeNumberField("scale", losses.scale());
      line.writeNumberField("iteration", losses.iteration());
      line.writeNumberField("content", losses.content());
      line.writeNumberField("style", losses.style());
      line.writeNumberField("tv", losses.totalVariation());
      line.writeNumberField("total", losses.total());
      line.writeNumberField("elapsed_ms", losses.elapsedMillis());
      line.writeEndObject();
      line.close();
      out.write("\n");
      out.flush();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
  }
}
