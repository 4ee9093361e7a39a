package dev.tempera.backend;

/** Says that a backend cannot be used, why, and what would help. */
public final class BackendException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** An exception with the whole text. */
  public BackendException(String message) {
    super(message);
  }
}
