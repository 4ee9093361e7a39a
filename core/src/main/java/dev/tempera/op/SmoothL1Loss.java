package dev.tempera.op;

import dev.tempera.tensor.Tensor;

/**
 * The absolute difference, rounded off near 0 (Girshick, "Fast R-CNN", 2015, equation 3): with d =
 * x − t, d²/(2·β) where |d| &lt; β, else |d| − β/2.
 */
public final class SmoothL1Loss {
  private SmoothL1Loss() {}

  /**
   * The loss of an input beside a target: c·(d − c/2)/β with c = d cut off at −β and β.
   *
   * @param beta β, where the parabola goes over into lines
   * @throws dev.tempera.data.ShapeException if their shapes differ
   * @throws IllegalArgumentException if their types differ or are not computed in, or β is not
   *     positive
   */
  public static Tensor apply(Tensor input, Tensor target, double beta, LossReduction reduction) {
    LossOperands.require("smoothL1Loss", input, target);
    if (!(beta > 0)) {
      throw new IllegalArgumentException(
          "smoothL1Loss: the parabola has no width\n  rule    beta > 0, here "
              + beta
              + "\n  hint    for 0 use L1Loss");
    }
    Tensor difference = input.subtract(target);
    Tensor near = difference.clamp(-beta, beta);
    Tensor losses = difference.subtract(near.multiply(0.5)).multiply(near).multiply(1 / beta);
    return reduction.of(losses);
  }
}
