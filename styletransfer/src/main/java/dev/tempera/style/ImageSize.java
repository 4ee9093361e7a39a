package dev.tempera.style;

import dev.tempera.op.Interpolation;
import dev.tempera.op.Resize2d;
import dev.tempera.tensor.Tensor;

/**
 * The size of an image in pixels.
 *
 * @param height rows
 * @param width columns
 */
record ImageSize(int height, int width) {
  static ImageSize of(Tensor image) {
    return new ImageSize(image.shape().dim(2), image.shape().dim(3));
  }

  int longest() {
    return Math.max(height, width);
  }

  int shortest() {
    return Math.min(height, width);
  }

  long pixels() {
    return (long) height * width;
  }

  /** This size times a factor, rounded, at least one pixel. */
  ImageSize times(double factor) {
    return new ImageSize(
        (int) Math.max(1, Math.round(height * factor)),
        (int) Math.max(1, Math.round(width * factor)));
  }

  /** An image (1, 3, H, W) at this size: bicubic, averaging where it shrinks. */
  Tensor resize(Tensor image) {
    return of(image).equals(this)
        ? image
        : Resize2d.apply(image, height, width, Interpolation.BICUBIC, true).clamp(0, 1);
  }

  /** Width × height, as people write it. */
  @Override
  public String toString() {
    return width + "×" + height;
  }
}
