package dev.tempera.op;

import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Tensor;

/** Scales an image to another size. */
public final class Resize2d {
  private Resize2d() {}

  /**
   * The image at another size.
   *
   * @param x (N, C, H, W)
   * @param height H′
   * @param width W′
   * @param antialias whether shrinking averages over all pixels that an output pixel covers;
   *     nearest ignores it
   * @return (N, C, H′, W′)
   * @throws ShapeException if there are not four axes, or a length is not positive
   */
  public static Tensor apply(
      Tensor x, int height, int width, Interpolation interpolation, boolean antialias) {
    if (x.shape().rank() != 4
        || height < 1
        || width < 1
        || x.shape().dim(2) < 1
        || x.shape().dim(3) < 1) {
      throw new ShapeException(
          "resize2d: needs an image and a size of at least one pixel\n  input   "
              + x.shape()
              + "  (N, C, H, W)\n  target  "
              + height
              + " × "
              + width);
    }
    return Resample2d.apply(
        x,
        interpolation.weights(x.shape().dim(2), height, antialias),
        interpolation.weights(x.shape().dim(3), width, antialias));
  }
}
