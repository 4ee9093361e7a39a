package dev.tempera.style.loss;

import dev.tempera.tensor.Tensor;
import java.util.List;

/**
 * How far the statistics of one layer's feature maps are from those of the style. Position plays no
 * part.
 */
public interface StyleLoss {
  /** The statistics of the style at one layer, against which feature maps are held. */
  @FunctionalInterface
  interface Target {
    /**
     * The distance of feature maps from the style, a scalar.
     *
     * @param features (1, C, H, W)
     */
    Tensor distance(Tensor features);
  }

  /**
   * Takes the statistics of one or more style images, averaged. They belong to the innermost scope.
   *
   * @param features (1, C, H, W) of each style image, at least one; may be closed afterwards
   */
  Target target(List<Tensor> features);
}
