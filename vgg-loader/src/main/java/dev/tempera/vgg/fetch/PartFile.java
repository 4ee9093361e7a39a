package dev.tempera.vgg.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The beginning of a file that is being fetched, and beside it a note of where it came from: the
 * address and the server's validator (an entity tag or a date, RFC 9110 section 8.8), by which a
 * server tells whether its file is still the same.
 *
 * @param path where the bytes lie
 */
record PartFile(Path path) {
  private static final int LONGEST_NOTE = 16 << 10;

  /** How many bytes are there. */
  long bytes() throws IOException {
    return Files.exists(path) ? Files.size(path) : 0;
  }

  /** The validator of the bytes that are there, if they came from this address and it gave one. */
  Optional<String> validator(URI address) throws IOException {
    if (!Files.isRegularFile(note()) || Files.size(note()) > LONGEST_NOTE) {
      return Optional.empty();
    }
    String text = Files.readString(note());
    String head = address + "\n";
    return text.startsWith(head) ? Optional.of(text.substring(head.length())) : Optional.empty();
  }

  /** Begins anew with what an address gives, under this validator. */
  void restart(URI address, Optional<String> validator) throws IOException {
    discard();
    if (validator.isPresent()) {
      Files.writeString(note(), address + "\n" + validator.get());
    }
  }

  /** Opens the file to write behind the bytes that are there. */
  FileChannel append() throws IOException {
    return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Removes the bytes and the note. */
  void discard() throws IOException {
    Files.deleteIfExists(path);
    forgetOrigin();
  }

  /** Removes the note, when the bytes are whole and go elsewhere. */
  void forgetOrigin() throws IOException {
    Files.deleteIfExists(note());
  }

  private Path note() {
    return path.resolveSibling(path.getFileName() + ".origin");
  }
}
