package dev.tempera.vgg.fetch;

import java.io.IOException;

/** Says in one line why weights could not be had, and what to do about it. */
public final class FetchException extends IOException {
  private static final long serialVersionUID = 1;

  /** An exception with such a message. */
  public FetchException(String message) {
    super(message);
  }

  /** An exception with such a message, because of another. */
  public FetchException(String message, Throwable cause) {
    super(message, cause);
  }
}
