package dev.tempera.nn;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.Padding;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import java.util.Locale;

/** Checks and describes the shapes of convolution weights. */
final class KernelShape {
  private KernelShape() {}

  /**
   * The shape of a weight with a square kernel.
   *
   * @param layer for the error
   * @param first the channels that the first axis counts
   * @param second the channels that the second axis counts, over all groups
   * @throws ShapeException if a number is not positive, or the groups do not divide the channels
   */
  static Shape of(String layer, int first, int second, int kernel, int groups) {
    boolean positive = first > 0 && second > 0 && kernel > 0 && groups > 0;
    if (!positive || first % groups != 0 || second % groups != 0) {
      throw new ShapeException(
          layer
              + ": no weight has this shape\n  weight  "
              + first
              + " and "
              + second
              + " channels, kernel "
              + kernel
              + "×"
              + kernel
              + ", "
              + groups
              + " groups\n  rule    all at least 1, groups divide both numbers of channels");
    }
    return Shape.of(first, second / groups, kernel, kernel);
  }

  /**
   * Checks the shape of a weight.
   *
   * @param layer for the error
   * @param axes what the axes mean, for the error
   * @throws ShapeException if it has not four axes, or the groups do not divide the first
   */
  static void require(String layer, String axes, Shape weight, int groups) {
    if (weight.rank() != 4 || groups < 1 || weight.dim(0) % groups != 0) {
      throw new ShapeException(
          layer
              + ": the weight does not fit\n  weight  "
              + weight
              + "  "
              + axes
              + "\n  rule    four axes, the first a multiple of groups, here "
              + groups);
    }
  }

  /** Kernel and geometry as a layer's description has them, what is usual left out. */
  static String describe(Shape weight, Conv2dParams params) {
    StringBuilder text =
        new StringBuilder(", kernel ").append(product(weight.dim(2), weight.dim(3)));
    if (params.strideY() != 1 || params.strideX() != 1) {
      text.append(", stride ").append(product(params.strideY(), params.strideX()));
    }
    Padding padding = params.padding();
    if (!padding.isNone()) {
      boolean same = padding.equals(Padding.of(padding.top(), padding.mode()));
      text.append(", ")
          .append(padding.mode().name().toLowerCase(Locale.ROOT))
          .append(" padding ")
          .append(
              same
                  ? Integer.toString(padding.top())
                  : "%d+%d × %d+%d"
                      .formatted(padding.top(), padding.bottom(), padding.left(), padding.right()));
    }
    if (params.dilationY() != 1 || params.dilationX() != 1) {
      text.append(", dilation ").append(product(params.dilationY(), params.dilationX()));
    }
    if (params.groups() != 1) {
      text.append(", groups ").append(params.groups());
    }
    return text.toString();
  }

  private static String product(int y, int x) {
    return y + "×" + x;
  }
}
