package dev.tempera.vgg.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * A hash as a publisher gives it: whole, or its first digits, as in the names of PyTorch's files.
 *
 * @param algorithm SHA-256, SHA-1 or MD5
 * @param digits the first hexadecimal digits or all of them, in lower case
 */
public record PublishedHash(String algorithm, String digits) {
  private static final Set<String> ALGORITHMS = Set.of("SHA-256", "SHA-1", "MD5");
  private static final int FEWEST_DIGITS = 8;
  private static final int BUFFER = 1 << 20;

  /**
   * A hash.
   *
   * @throws IllegalArgumentException if the algorithm is unknown, or these are not 8 or more
   *     hexadecimal digits in lower case
   */
  public PublishedHash {
    if (!ALGORITHMS.contains(algorithm)) {
      throw new IllegalArgumentException(
          "hash: algorithm is " + algorithm + ", expected one of " + ALGORITHMS);
    }
    if (!digits.matches("[0-9a-f]{" + FEWEST_DIGITS + ",64}")) {
      throw new IllegalArgumentException(
          "hash: '" + digits + "' is not " + FEWEST_DIGITS + " to 64 hexadecimal digits");
    }
  }

  /** A hash written as {@code SHA-256:dcbb9e9d}. */
  static PublishedHash parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("hash: '" + text + "' has no algorithm before a colon");
    }
    return new PublishedHash(text.substring(0, colon), text.substring(colon + 1));
  }

  /**
   * The digits that a file has, as many as are published.
   *
   * @throws IOException if the file cannot be read
   */
  String digitsOf(Path file) throws IOException {
    MessageDigest digest = digest();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    try (FileChannel channel = FileChannel.open(file)) {
      while (channel.read(buffer) >= 0) {
        digest.update(buffer.flip());
        buffer.clear();
      }
    }
    String all = HexFormat.of().formatHex(digest.digest());
    return all.substring(0, Math.min(all.length(), digits.length()));
  }

  private MessageDigest digest() {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has " + algorithm, missing);
    }
  }

  /** As it is shown: {@code SHA-256 dcbb9e9d…}, without the dots where it is whole. */
  @Override
  public String toString() {
    return algorithm + " " + digits + (digits.length() < 2 * digest().getDigestLength() ? "…" : "");
  }
}
