package dev.tempera.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file beside its place and moves it there when it is whole, so that nobody ever sees half
 * of it.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes what belongs in a file. */
  @FunctionalInterface
  public interface Writer {
    /** Writes the whole content. */
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  /**
   * Writes a file, whole or not at all; an existing one is replaced.
   *
   * @throws IOException if the writer fails or the place cannot be written; what was there before
   *     is untouched
   */
  public static void write(Path path, Writer writer) throws IOException {
    Path target = path.toAbsolutePath();
    Path beside =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        writer.writeTo(channel);
        channel.force(true);
      }
      Files.move(
          beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
