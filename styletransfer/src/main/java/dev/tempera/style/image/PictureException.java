package dev.tempera.style.image;

/**
 * Says in one line why a picture cannot be read or written.
 *
 * <p>The message names the file and what is wrong with it, and can be shown to a person as it is.
 */
public final class PictureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An exception with this one-line message. */
  public PictureException(String message) {
    super(singleLine(message));
  }

  /** An exception with this one-line message, and the failure below that led to it. */
  public PictureException(String message, Throwable cause) {
    super(singleLine(message), cause);
  }

  private static String singleLine(String message) {
    return message.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
