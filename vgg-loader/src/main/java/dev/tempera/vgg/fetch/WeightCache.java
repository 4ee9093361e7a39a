package dev.tempera.vgg.fetch;

import dev.tempera.io.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The folder where fetched weights lie: {@code weights} under {@code TEMPERA_HOME} (or the system
 * property {@code tempera.home}) where that is set, else {@code tempera/weights} under {@code
 * XDG_CACHE_HOME} or {@code ~/.cache}.
 *
 * <p>A file is checked against what its publisher says before it is used the first time, whoever
 * put it there; a note beside it keeps that from being repeated while the file stays as it is.
 *
 * @param folder where files lie; made when the first is fetched
 */
public record WeightCache(Path folder) {
  /** The cache of this user. */
  public static WeightCache standard() {
    String home = System.getProperty("tempera.home");
    if (home != null) {
      return in(Path.of(home));
    }
    return of(System.getenv());
  }

  /** The cache by such environment variables; Java's idea of home is taken where they have none. */
  static WeightCache of(Map<String, String> environment) {
    String own = environment.getOrDefault("TEMPERA_HOME", "");
    if (!own.isEmpty()) {
      return in(Path.of(own));
    }
    Path cache = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
    // The XDG specification has relative paths ignored.
    String home = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
    Path base = cache.isAbsolute() ? cache : Path.of(home, ".cache");
    return in(base.resolve("tempera"));
  }

  private static WeightCache in(Path home) {
    return new WeightCache(home.resolve("weights").toAbsolutePath());
  }

  /** Where the file of a source lies or would lie. */
  public Path file(WeightSource source) {
    return folder.resolve(source.fileName());
  }

  /** Where a file lies while it is being fetched. */
  Path partFile(WeightSource source) {
    return folder.resolve(source.fileName() + ".part");
  }

  /** Whether the file of a source is there, checked or not. */
  public boolean contains(WeightSource source) {
    return Files.isRegularFile(file(source));
  }

  /**
   * How much of a file that is being fetched, or whose fetching was cut, is there.
   *
   * @return bytes, 0 where there is none
   * @throws IOException if the folder cannot be read
   */
  public long partBytes(WeightSource source) throws IOException {
    Path part = partFile(source);
    return Files.exists(part) ? Files.size(part) : 0;
  }

  /**
   * The file of a source, checked.
   *
   * @throws FetchException if it is not there, and says how to get it, or if it is not what was
   *     published
   * @throws IOException if it cannot be read
   */
  public Path verified(WeightSource source) throws IOException {
    Path file = file(source);
    if (!contains(source)) {
      throw new FetchException(
          "weights %s are not here; run: tempera weights fetch %s (or %s)"
              .formatted(source.name(), source.name(), byHand(source)));
    }
    if (!isNoted(source)) {
      try {
        Verification.check(source, file);
      } catch (FetchException wrong) {
        throw new FetchException(
            "%s: %s; delete it and run: tempera weights fetch %s"
                .formatted(folder, wrong.getMessage(), source.name()),
            wrong);
      }
      if (Files.isWritable(folder)) {
        note(source);
      }
    }
    return file;
  }

  /** What a user can do without this program, in words. */
  String byHand(WeightSource source) {
    return "download " + source.addresses().getFirst() + " by hand and put it at " + file(source);
  }

  /** Notes that the file of a source is what was published. */
  void note(WeightSource source) throws IOException {
    byte[] note = noteText(source).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(
        noteFile(source),
        channel -> {
          ByteBuffer bytes = ByteBuffer.wrap(note);
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }

  private boolean isNoted(WeightSource source) throws IOException {
    Path note = noteFile(source);
    String expected = noteText(source);
    return Files.isRegularFile(note)
        && Files.size(note) == expected.getBytes(StandardCharsets.UTF_8).length
        && Files.readString(note).equals(expected);
  }

  private Path noteFile(WeightSource source) {
    return folder.resolve(source.fileName() + ".verified");
  }

  private String noteText(WeightSource source) throws IOException {
    Path file = file(source);
    return "%s, %d bytes, of %s%n"
        .formatted(
            source.hash().map(PublishedHash::toString).orElse("no published hash"),
            Files.size(file),
            Files.getLastModifiedTime(file));
  }
}
