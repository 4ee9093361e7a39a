package dev.tempera.style.loss;

import dev.tempera.tensor.Tensor;

/** How far one layer's feature maps are from the content's, place by place. */
public interface ContentLoss {
  /** The feature maps of the content at one layer. */
  @FunctionalInterface
  interface Target {
    /**
     * The distance of feature maps from the content, a scalar.
     *
     * @param features (1, C, H, W), of the content's size
     */
    Tensor distance(Tensor features);
  }

  /**
   * Takes the content's feature maps, in handles of its own that belong to the innermost scope.
   *
   * @param features (1, C, H, W); may be closed afterwards
   */
  Target target(Tensor features);
}
