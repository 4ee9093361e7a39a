package dev.tempera.style.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file beside its destination and moves it there when it is whole, so that nobody ever
 * finds half a file or loses the old one to a failure.
 */
final class AtomicFile {
  private AtomicFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  interface Content {
    /** Writes everything to the stream, and does not close it. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes the file, or leaves things as they were and throws. */
  static void write(Path file, Content content) throws IOException {
    Path destination = resolveLink(file);
    Path draft = draftBeside(destination);
    try {
      try (FileChannel channel = openDraft(draft)) {
        content.writeTo(Channels.newOutputStream(channel));
        channel.force(true);
      }
      Files.move(draft, destination, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /**
   * Creates and removes an empty draft beside the file, which fails exactly where writing would.
   */
  static void probe(Path file) throws IOException {
    Path draft = draftBeside(resolveLink(file));
    openDraft(draft).close();
    Files.delete(draft);
  }

  private static FileChannel openDraft(Path draft) throws IOException {
    return FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** A link stays one: it is its target that is replaced. */
  private static Path resolveLink(Path file) throws IOException {
    return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
  }

  private static Path draftBeside(Path destination) {
    return destination.resolveSibling("." + destination.getFileName() + "." + UUID.randomUUID());
  }
}
