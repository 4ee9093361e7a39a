package dev.tempera.backend;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;

/**
 * How many pixels to add at the sides of an image, and which.
 *
 * @param top rows above
 * @param bottom rows below
 * @param left columns to the left
 * @param right columns to the right
 * @param mode what the added pixels are
 */
public record Padding(int top, int bottom, int left, int right, PaddingMode mode) {
  /** No padding. */
  public static final Padding NONE = zero(0);

  /** The same number of pixels at every side. */
  public static Padding of(int pixels, PaddingMode mode) {
    return new Padding(pixels, pixels, pixels, pixels, mode);
  }

  /** Zeros at every side. */
  public static Padding zero(int pixels) {
    return of(pixels, PaddingMode.ZERO);
  }

  /** Whether nothing is added. */
  public boolean isNone() {
    return top == 0 && bottom == 0 && left == 0 && right == 0;
  }

  /**
   * The padded shape.
   *
   * @param op the operation's name, for the error
   * @param image (N, C, H, W)
   * @throws ShapeException if a side is negative, or reflection or circular padding would reach
   *     beyond the opposite edge, or an axis would be longer than 2³¹ − 1
   */
  public Shape outputShape(String op, Shape image) {
    int height = image.dim(2);
    int width = image.dim(3);
    if (top < 0 || bottom < 0 || left < 0 || right < 0) {
      throw new ShapeException(op + ": negative padding\n  padding " + this);
    }
    if (mode == PaddingMode.REFLECT
        && (Math.max(top, bottom) >= height || Math.max(left, right) >= width)) {
      throw new ShapeException(
          op
              + ": reflection reaches beyond the opposite edge\n  input   "
              + image
              + "  (N, C, H, W)\n  padding "
              + this
              + "\n  rule    top, bottom < H and left, right < W\n"
              + "  hint    use replicate padding for images this small");
    }
    if (mode == PaddingMode.CIRCULAR
        && (Math.max(top, bottom) > height || Math.max(left, right) > width)) {
      throw new ShapeException(
          op
              + ": circular padding reaches round the image more than once\n  input   "
              + image
              + "  (N, C, H, W)\n  padding "
              + this
              + "\n  rule    top, bottom ≤ H and left, right ≤ W\n  hint    pad in several steps");
    }
    if (mode == PaddingMode.REPLICATE && !isNone() && (height == 0 || width == 0)) {
      throw new ShapeException(op + ": an image without pixels has no edge\n  input   " + image);
    }
    return Shape.of(
        image.dim(0),
        image.dim(1),
        padded(op, image, height, top, bottom),
        padded(op, image, width, left, right));
  }

  private int padded(String op, Shape image, int length, int before, int after) {
    long padded = (long) length + before + after;
    if (padded > Integer.MAX_VALUE) {
      throw new ShapeException(
          op
              + ": the padded image is too large\n  input   "
              + image
              + "  (N, C, H, W)\n  padding "
              + this
              + "\n  rule    length + before + after ≤ 2³¹ − 1, here "
              + padded);
    }
    return (int) padded;
  }
}
