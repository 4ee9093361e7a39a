package dev.tempera.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder for files that processes hand each other; it goes when this is closed. */
public final class ScratchFolder implements AutoCloseable {
  private final Path path;

  /** Makes the folder, among the system's temporary files. */
  public ScratchFolder() {
    try {
      path = Files.createTempDirectory("tempera-peers");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file in it, which need not exist. */
  public Path file(String name) {
    return path.resolve(name);
  }

  /** Deletes the files and the folder. */
  @Override
  public void close() {
    try (Stream<Path> files = Files.list(path)) {
      List<Path> all = files.toList();
      for (Path file : all) {
        Files.delete(file);
      }
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
