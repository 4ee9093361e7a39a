package dev.tempera.nn;

import dev.tempera.op.AdaptiveAvgPool2d;
import dev.tempera.tensor.Tensor;

/**
 * The average of windows that cover any image with a given number of results; see {@link
 * AdaptiveAvgPool2d}.
 */
public final class AdaptiveAvgPool2dLayer extends Layer {
  private final int height;
  private final int width;

  /**
   * The layer.
   *
   * @param height H′, at least 1
   * @param width W′, at least 1
   */
  public AdaptiveAvgPool2dLayer(int height, int width) {
    this.height = height;
    this.width = width;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return AdaptiveAvgPool2d.apply(x, height, width);
  }

  @Override
  protected String kind() {
    return "AdaptiveAvgPool2dLayer(" + height + "×" + width + ")";
  }
}
