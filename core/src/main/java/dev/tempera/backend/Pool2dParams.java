package dev.tempera.backend;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;

/**
 * The geometry of a two-dimensional pooling.
 *
 * @param kernelY rows of a window
 * @param kernelX columns of a window
 * @param strideY rows between neighbouring windows
 * @param strideX columns between neighbouring windows
 * @param paddingY rows added above and below; they never win a maximum
 * @param paddingX columns added to the left and right
 * @param ceilMode whether a last window that reaches beyond the padded input still counts, if it
 *     starts inside it
 * @param countPadding whether an average divides by the padded window rather than by the pixels in
 *     it
 */
public record Pool2dParams(
    int kernelY,
    int kernelX,
    int strideY,
    int strideX,
    int paddingY,
    int paddingX,
    boolean ceilMode,
    boolean countPadding) {

  /** Square windows side by side, no padding. */
  public static Pool2dParams of(int kernel) {
    return new Pool2dParams(kernel, kernel, kernel, kernel, 0, 0, false, true);
  }

  /** The same with another stride in both directions. */
  public Pool2dParams withStride(int stride) {
    return new Pool2dParams(
        kernelY, kernelX, stride, stride, paddingY, paddingX, ceilMode, countPadding);
  }

  /** The same with padding at every side. */
  public Pool2dParams withPadding(int padding) {
    return new Pool2dParams(
        kernelY, kernelX, strideY, strideX, padding, padding, ceilMode, countPadding);
  }

  /** The same in ceil mode or not. */
  public Pool2dParams withCeilMode(boolean ceil) {
    return new Pool2dParams(
        kernelY, kernelX, strideY, strideX, paddingY, paddingX, ceil, countPadding);
  }

  /** The same with padding counted in averages or not. */
  public Pool2dParams withCountPadding(boolean count) {
    return new Pool2dParams(
        kernelY, kernelX, strideY, strideX, paddingY, paddingX, ceilMode, count);
  }

  /**
   * The shape of the result, (N, C, H′, W′).
   *
   * @param op the operation's name, for the error
   * @param input (N, C, H, W)
   * @throws ShapeException if there are not four axes, a parameter is out of range, or no window
   *     fits
   */
  public Shape outputShape(String op, Shape input) {
    if (input.rank() != 4) {
      throw new ShapeException(
          op + ": input needs four axes\n  input   " + input + "  (N, C, H, W)");
    }
    if (kernelY < 1 || kernelX < 1 || strideY < 1 || strideX < 1) {
      throw new ShapeException(op + ": kernel and stride are at least 1\n  params  " + this);
    }
    if (paddingY < 0 || paddingX < 0 || paddingY > kernelY / 2 || paddingX > kernelX / 2) {
      throw new ShapeException(
          op
              + ": padding is at most half the kernel\n  params  "
              + this
              + "\n  rule    0 ≤ padding ≤ kernel / 2");
    }
    int height = outputLength(input.dim(2), kernelY, strideY, paddingY);
    int width = outputLength(input.dim(3), kernelX, strideX, paddingX);
    if (height < 1 || width < 1) {
      throw new ShapeException(
          op
              + ": no window fits\n  input   "
              + input
              + "  (N, C, H, W)\n  params  "
              + this
              + "\n  rule    kernel ≤ length + 2 × padding"
              + "\n  hint    use a larger image, or ceil mode");
    }
    return Shape.of(input.dim(0), input.dim(1), height, width);
  }

  /**
   * As PyTorch counts: a window in ceil mode must start inside the input or its leading padding.
   */
  private int outputLength(int length, int kernel, int stride, int padding) {
    int room = length + 2 * padding - kernel;
    if (length < 1 || (room < 0 && !ceilMode)) {
      return 0;
    }
    int count = Math.floorDiv(room + (ceilMode ? stride - 1 : 0), stride) + 1;
    return ceilMode && (count - 1) * stride >= length + padding ? count - 1 : count;
  }

  /**
   * What an average divides the sum of a window by.
   *
   * @param y the window's row of the output
   * @param x the window's column of the output
   * @param input (N, C, H, W)
   */
  public int divisor(int y, int x, Shape input) {
    return extent(y, kernelY, strideY, paddingY, input.dim(2))
        * extent(x, kernelX, strideX, paddingX, input.dim(3));
  }

  private int extent(int output, int kernel, int stride, int padding, int length) {
    int start = output * stride - padding;
    int end = Math.min(start + kernel, length + padding);
    return countPadding ? end - start : Math.min(end, length) - Math.max(start, 0);
  }
}
