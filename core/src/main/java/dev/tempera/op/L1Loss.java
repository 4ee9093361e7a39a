package dev.tempera.op;

import dev.tempera.tensor.Tensor;

/** The absolute difference, |x − t|; at 0 its gradient is 0. */
public final class L1Loss {
  private L1Loss() {}

  /**
   * The loss of an input beside a target.
   *
   * @throws dev.tempera.data.ShapeException if their shapes differ
   * @throws IllegalArgumentException if their types differ or are not computed in
   */
  public static Tensor apply(Tensor input, Tensor target, LossReduction reduction) {
    LossOperands.require("l1Loss", input, target);
    return reduction.of(input.subtract(target).abs());
  }
}
