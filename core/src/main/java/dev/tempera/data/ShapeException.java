package dev.tempera.data;

/**
 * Says that shapes, axes or parameters do not fit an operation. The message names the operation,
 * its operands, the rule with its numbers, and the likely fix.
 */
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** An exception with the whole text. */
  public ShapeException(String message) {
    super(message);
  }
}
