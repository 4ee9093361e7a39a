package dev.tempera.op;

import dev.tempera.data.Shape;
import dev.tempera.tensor.Tensor;

/**
 * The variance, Σ (x − mean(x))² / (n − correction), in two passes. Its gradient is that of what it
 * is made of.
 */
public final class Variance {
  private Variance() {}

  /** The population variance over some axes, all if none is named; they disappear. */
  public static Tensor apply(Tensor x, int... axes) {
    return corrected(x, 0, axes);
  }

  /**
   * The variance over some axes, all if none is named; they disappear.
   *
   * @param correction 1 for an estimate without bias from a sample (Bessel), 0 for a population
   * @throws IllegalArgumentException if there are no more elements than the correction
   */
  public static Tensor corrected(Tensor x, double correction, int... axes) {
    int[] sorted = Axes.normalize("variance", x.shape(), axes);
    return Reshape.to(keeping("variance", x, correction, sorted), Axes.dropping(x.shape(), sorted));
  }

  /**
   * The variance over some axes, all if none is named; they keep length 1.
   *
   * @param correction 1 for an estimate without bias from a sample (Bessel), 0 for a population
   * @throws IllegalArgumentException if there are no more elements than the correction
   */
  public static Tensor keepingAxes(Tensor x, double correction, int... axes) {
    return keeping("variance", x, correction, Axes.normalize("variance", x.shape(), axes));
  }

  /** The variance over axes that keep length 1, for an operation of this name. */
  static Tensor keeping(String op, Tensor x, double correction, int[] axes) {
    Unary.requireComputable(op, x);
    Shape shape = x.shape();
    double freedom = Axes.count(shape, axes) - correction;
    if (!(freedom > 0)) {
      throw new IllegalArgumentException(
          op
              + ": too few elements for this correction\n  input   "
              + shape
              + "\n  rule    elements − correction > 0, here "
              + Axes.count(shape, axes)
              + " − "
              + correction);
    }
    Tensor centred = x.subtract(Sum.meanKeepingAxes(x, axes));
    return Sum.sumKeepingAxes(centred.square(), axes).multiply(1 / freedom);
  }
}
