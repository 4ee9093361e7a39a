package dev.tempera.op;

import dev.tempera.tensor.Tensor;

/** The squared difference, (x − t)². */
public final class MeanSquaredError {
  private MeanSquaredError() {}

  /**
   * The loss of an input beside a target.
   *
   * @throws dev.tempera.data.ShapeException if their shapes differ
   * @throws IllegalArgumentException if their types differ or are not computed in
   */
  public static Tensor apply(Tensor input, Tensor target, LossReduction reduction) {
    LossOperands.require("meanSquaredError", input, target);
    return reduction.of(input.subtract(target).square());
  }
}
