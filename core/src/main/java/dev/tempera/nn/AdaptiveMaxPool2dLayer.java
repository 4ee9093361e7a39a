package dev.tempera.nn;

import dev.tempera.op.AdaptiveMaxPool2d;
import dev.tempera.tensor.Tensor;

/**
 * The largest element of windows that cover any image with a given number of results; see {@link
 * AdaptiveMaxPool2d}.
 */
public final class AdaptiveMaxPool2dLayer extends Layer {
  private final int height;
  private final int width;

  /**
   * The layer.
   *
   * @param height H′, at least 1
   * @param width W′, at least 1
   */
  public AdaptiveMaxPool2dLayer(int height, int width) {
    this.height = height;
    this.width = width;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return AdaptiveMaxPool2d.apply(x, height, width);
  }

  @Override
  protected String kind() {
    return "AdaptiveMaxPool2dLayer(" + height + "×" + width + ")";
  }
}
