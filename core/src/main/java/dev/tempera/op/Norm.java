package dev.tempera.op;

import dev.tempera.tensor.Tensor;

/**
 * Vector norms over any axes, (Σ |x|ᵖ)^(1/p); with p = ∞ the largest magnitude. Where a norm is 0,
 * its gradient is 0.
 */
public final class Norm {
  private Norm() {}

  /**
   * The norm of order p over some axes, all if none is named; they disappear.
   *
   * @param p at least 1; may be infinite
   * @throws IllegalArgumentException if p is below 1
   */
  public static Tensor apply(Tensor x, double p, int... axes) {
    int[] sorted = Axes.normalize("norm", x.shape(), axes);
    return Reshape.to(keeping(x, p, sorted), Axes.dropping(x.shape(), sorted));
  }

  /**
   * The norm of order p over some axes, all if none is named; they keep length 1.
   *
   * @param p at least 1; may be infinite
   * @throws IllegalArgumentException if p is below 1
   */
  public static Tensor keepingAxes(Tensor x, double p, int... axes) {
    return keeping(x, p, Axes.normalize("norm", x.shape(), axes));
  }

  private static Tensor keeping(Tensor x, double p, int[] axes) {
    if (!(p >= 1)) {
      throw new IllegalArgumentException(
          "norm: there is no norm of order "
              + p
              + "\n  input   "
              + x.shape()
              + "\n  rule    p ≥ 1");
    }
    Unary.requireComputable("norm", x);
    if (p == 1) {
      return Sum.sumKeepingAxes(x.abs(), axes);
    }
    if (p == 2) {
      return Root.of(Sum.sumKeepingAxes(x.square(), axes), 2);
    }
    if (Double.isInfinite(p)) {
      return Extremum.maxKeepingAxes(x.abs(), axes);
    }
    return Root.of(Sum.sumKeepingAxes(x.abs().power(p), axes), p);
  }
}
