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
 * Writes a file beside its place and moves it there when it is whole, so that nobody ever finds
 * half a file or loses the old one to a failure. A symbolic link stays one: it is its target that
 * is replaced.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes what belongs in a file. */
  @FunctionalInterface
  public interface Writer {
    /** Writes the whole content, and does not close the channel. */
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  /**
   * Writes a file, whole or not at all; an existing one is replaced.
   *
   * @throws IOException if the writer fails or the place cannot be written; what was there before
   *     is untouched
   */
  public static void write(Path path, Writer writer) throws IOException {
    Path target = resolveLink(path);
    Path beside = beside(target);
    try {
      try (FileChannel channel = create(beside)) {
        writer.writeTo(channel);
        channel.force(true);
      }
      Files.move(
          beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /**
   * Creates and removes an empty file beside the place, which fails exactly where writing would.
   *
   * @throws IOException if nothing can be written there
   */
  public static void probe(Path path) throws IOException {
    Path beside = beside(resolveLink(path));
    create(beside).close();
    Files.delete(beside);
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private static Path resolveLink(Path path) throws IOException {
    return Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
  }

  private static Path beside(Path target) {
    return target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
  }
}
