package dev.tempera.style.loss;

import dev.tempera.tensor.Tensor;

/**
 * The mean square distance of an image's values from [0, 1]: keeps the optimiser where colours
 * exist.
 */
public final class RangePenalty {
  private RangePenalty() {}

  /**
   * The penalty, a scalar.
   *
   * @param image RGB in [0, 1], and beyond
   */
  public static Tensor of(Tensor image) {
    return image.subtract(image.clamp(0, 1)).square().mean();
  }
}
