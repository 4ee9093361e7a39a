package dev.tempera.weights;

import dev.tempera.io.MappedFile;
import dev.tempera.io.Safetensors;
import dev.tempera.io.TensorFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The weights that the library carries with it. */
public final class EmbeddedWeights {
  private static final String DEAD_LEAVES = "dead-leaves.safetensors";

  private EmbeddedWeights() {}

  /** Filters learned once, from the pictures of {@link DeadLeaves}. */
  public static FilterNet deadLeaves() {
    return deadLeaves(FilterOrigin.DEAD_LEAVES);
  }

  static FilterNet deadLeaves(FilterOrigin origin) {
    MappedFile content = MappedFile.of(Path.of(DEAD_LEAVES), resource(DEAD_LEAVES));
    try (TensorFile file = Safetensors.read(content)) {
      return new FilterNet(FilterNetFile.read(file), origin);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream stream = EmbeddedWeights.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new FileNotFoundException(name + " is missing from the library's own files");
      }
      return stream.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
