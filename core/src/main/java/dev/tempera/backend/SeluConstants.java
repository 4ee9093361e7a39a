package dev.tempera.backend;

/**
 * The constants of the scaled exponential linear unit, with which activations of mean 0 and
 * variance 1 keep them (Klambauer and others, "Self-normalizing neural networks", 2017, equation
 * 14).
 */
public final class SeluConstants {
  /** α. */
  public static final double ALPHA = 1.6732632423543772;

  /** λ. */
  public static final double LAMBDA = 1.0507009873554805;

  private SeluConstants() {}
}
