package dev.tempera.tensor;

import org.jspecify.annotations.Nullable;

/**
 * An operation, or the gradient rule of one, made a number that is not finite; see {@link Anomaly}.
 * The stack trace of the cause, if there is one, is that of the call that recorded the operation.
 */
public final class AnomalyException extends ArithmeticException {
  private static final long serialVersionUID = 1;

  AnomalyException(String message, @Nullable Throwable origin) {
    super(message);
    initCause(origin);
  }
}
