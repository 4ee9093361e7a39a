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
    requireImage(x, height, width);
    return Resample2d.apply(
        x,
        interpolation.weights(x.shape().dim(2), height, antialias),
        interpolation.weights(x.shape().dim(3), width, antialias));
  }

  /**
   * The image at another size, with the centres of its corner pixels in their places.
   *
   * @param x (N, C, H, W)
   * @param height H′
   * @param width W′
   * @return (N, C, H′, W′)
   * @throws ShapeException if there are not four axes, or a length is not positive
   */
  public static Tensor applyAlignCorners(
      Tensor x, int height, int width, Interpolation interpolation) {
    requireImage(x, height, width);
    return Resample2d.apply(
        x,
        interpolation.alignedWeights(x.shape().dim(2), height),
        interpolation.alignedWeights(x.shape().dim(3), width));
  }

  /**
   * The image enlarged by factors, which also say where its pixels are: H′ = ⌊H·scaleY⌋ rows, each
   * 1/scaleY rows of the image from the next.
   *
   * @param x (N, C, H, W)
   * @param antialias as for a size
   * @return (N, C, H′, W′)
   * @throws ShapeException if there are not four axes, or a factor is not positive or leaves no
   *     pixels
   */
  public static Tensor applyScale(
      Tensor x, double scaleY, double scaleX, Interpolation interpolation, boolean antialias) {
    boolean isImage = x.shape().rank() == 4;
    double height = isImage ? Math.floor(x.shape().dim(2) * scaleY) : 0;
    double width = isImage ? Math.floor(x.shape().dim(3) * scaleX) : 0;
    if (!(height >= 1 && width >= 1 && Math.max(height, width) <= Integer.MAX_VALUE)) {
      throw new ShapeException(
          "resize2d: needs an image and factors that leave a pixel\n  input   "
              + x.shape()
              + "  (N, C, H, W)\n  scale   "
              + scaleY
              + " × "
              + scaleX
              + "\n  rule    1 ≤ H × scale, W × scale < 2³¹");
    }
    return Resample2d.apply(
        x,
        interpolation.weights(x.shape().dim(2), (int) height, 1 / scaleY, antialias),
        interpolation.weights(x.shape().dim(3), (int) width, 1 / scaleX, antialias));
  }

  private static void requireImage(Tensor x, int height, int width) {
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
  }
}
