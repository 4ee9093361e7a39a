package dev.tempera.nn;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;

/**
 * Which connections of a weight count: those into one output, those out of one input, or the
 * average of both. The first axis of a weight counts outputs, the second inputs, further ones the
 * taps of a kernel.
 */
public enum FanMode {
  /** Inputs times taps: keeps the variance of activations. */
  IN,
  /** Outputs times taps: keeps the variance of gradients. */
  OUT,
  /** Half of both together. */
  AVERAGE;

  /**
   * The number of connections.
   *
   * @param weight (outputs, inputs, …)
   * @throws ShapeException if there are fewer than two axes
   */
  public double of(Shape weight) {
    if (weight.rank() < 2) {
      throw new ShapeException(
          "initialiser: fan in and fan out need two axes\n  weight  "
              + weight
              + "  (outputs, inputs, …)\n  hint    a bias has no fan: use constant or uniform");
    }
    double taps = 1;
    for (int axis = 2; axis < weight.rank(); axis++) {
      taps *= weight.dim(axis);
    }
    return switch (this) {
      case IN -> weight.dim(1) * taps;
      case OUT -> weight.dim(0) * taps;
      case AVERAGE -> (weight.dim(0) + weight.dim(1)) * taps / 2;
    };
  }
}
