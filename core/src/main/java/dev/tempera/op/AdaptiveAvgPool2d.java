package dev.tempera.op;

import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Tensor;

/**
 * Average pooling to a size: each output pixel is the mean of the part of the image that lies under
 * it. Windows are those of PyTorch. Means along the axes are linear maps; nothing is kept.
 */
public final class AdaptiveAvgPool2d {
  private static final String NAME = "adaptiveAvgPool2d";

  private AdaptiveAvgPool2d() {}

  /**
   * The averages of as many windows as the result has pixels.
   *
   * @param x (N, C, H, W)
   * @param height H′
   * @param width W′
   * @return (N, C, H′, W′)
   * @throws ShapeException if there are not four axes, or a length is not positive
   */
  public static Tensor apply(Tensor x, int height, int width) {
    AdaptiveWindows.require(NAME, x, height, width);
    return Resample2d.apply(
        x,
        new AdaptiveWindows(x.shape().dim(2), height).averages(),
        new AdaptiveWindows(x.shape().dim(3), width).averages());
  }
}
