package dev.tempera.io;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Says that a file of tensors is broken, unsafe or not of the format it claims. The message is one
 * line that names the file, the format, the tensor where there is one, the byte, and what is wrong
 * there.
 */
public final class TensorFileException extends IOException {
  private static final long serialVersionUID = 1;
  private static final int LONGEST_NAME = 120;

  private final String format;
  private final @Nullable String tensor;
  private final long byteOffset;

  /**
   * An exception about one place of a file.
   *
   * @param file the file, as the user named it
   * @param format the format the file is read as, such as {@code safetensors}
   * @param tensor the name of the tensor concerned, or null where the trouble belongs to none
   * @param byteOffset the byte of the file at which it is broken
   * @param problem what is wrong there, with its numbers, in one line
   */
  public TensorFileException(
      Path file, String format, @Nullable String tensor, long byteOffset, String problem) {
    super(message(file, format, tensor, byteOffset, problem));
    this.format = format;
    this.tensor = tensor;
    this.byteOffset = byteOffset;
  }

  /**
   * An exception about a file that cannot be opened, whatever its format.
   *
   * @param file the file, as the user named it
   * @param problem why not, in one line
   */
  public TensorFileException(Path file, String problem) {
    super(file + ": " + problem);
    this.format = "none";
    this.tensor = null;
    this.byteOffset = 0;
  }

  /** The format the file was read as; {@code none} where it cannot be opened. */
  public String format() {
    return format;
  }

  /** The name of the tensor concerned, or null where the trouble belongs to none. */
  public @Nullable String tensor() {
    return tensor;
  }

  /** The byte of the file at which it is broken. */
  public long byteOffset() {
    return byteOffset;
  }

  /**
   * Text from a file made fit for one line of a message: control characters become {@code ?}, and
   * what is longer than 120 characters is cut.
   */
  public static String printable(String text) {
    String cut = text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME) + "…";
    StringBuilder line = new StringBuilder(cut.length());
    cut.chars().forEach(c -> line.append(Character.isISOControl(c) ? '?' : (char) c));
    return line.toString();
  }

  private static String message(
      Path file, String format, @Nullable String tensor, long byteOffset, String problem) {
    String place = tensor == null ? "" : ", tensor '" + printable(tensor) + "'";
    return file + ": " + format + place + ", byte " + byteOffset + ": " + problem;
  }
}
