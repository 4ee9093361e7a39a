package dev.tempera.style.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tempera.style.LossRecord;
import dev.tempera.style.StyleTransferException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Writes the losses of each evaluation as one JSON object a line, at once, so that the file can be
 * watched.
 */
final class TraceWriter implements AutoCloseable {
  private final @Nullable Path file;
  private final JsonFactory json = new JsonFactory();
  private @Nullable Writer out;

  private TraceWriter(@Nullable Path file) {
    this.file = file;
  }

  /** A trace; nothing is written before {@link #start}. A null file writes nothing at all. */
  static TraceWriter to(@Nullable Path file) {
    return new TraceWriter(file);
  }

  /**
   * Tries whether a trace can be written, and leaves no mark.
   *
   * @throws StyleTransferException if it cannot
   */
  static void checkWritable(@Nullable Path file) {
    if (file == null) {
      return;
    }
    try {
      boolean existed = Files.exists(file);
      Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
      if (!existed) {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw failed(file, failure);
    }
  }

  /** Begins the file anew. */
  void start() {
    if (file == null) {
      return;
    }
    try {
      out = Files.newBufferedWriter(file);
    } catch (IOException failure) {
      throw failed(file, failure);
    }
  }

  /** Writes one line. */
  void write(LossRecord losses) {
    Writer target = out;
    if (target == null || file == null) {
      return;
    }
    try (JsonGenerator line = json.createGenerator(target)) {
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
      line.writeRaw('\n');
    } catch (IOException failure) {
      throw failed(file, failure);
    }
  }

  private static StyleTransferException failed(Path file, IOException failure) {
    return new StyleTransferException("cannot write the trace " + file + ": " + failure);
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
  }
}
