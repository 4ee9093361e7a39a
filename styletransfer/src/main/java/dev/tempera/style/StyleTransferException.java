package dev.tempera.style;

/** Says in one line why a style transfer cannot be done with what was given. */
public final class StyleTransferException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** An exception with the whole text. */
  public StyleTransferException(String message) {
    super(message);
  }
}
