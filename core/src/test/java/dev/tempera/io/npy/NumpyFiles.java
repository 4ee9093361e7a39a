package dev.tempera.io.npy;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** The files that NumPy wrote for these tests. */
final class NumpyFiles {
  private NumpyFiles() {}

  /** The file of that name. */
  static Path of(String name) {
    try {
      return Path.of(Objects.requireNonNull(NumpyFiles.class.getResource("/npy/" + name)).toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
