package dev.tempera.op;

import dev.tempera.tensor.Tensor;

/** The square root of the {@link Variance}. Where it is 0, its gradient is 0. */
public final class StandardDeviation {
  private static final String NAME = "standardDeviation";

  private StandardDeviation() {}

  /**
   * The standard deviation over some axes, all if none is named; they disappear.
   *
   * @param correction 1 for an estimate from a sample (Bessel), 0 for a population
   * @throws IllegalArgumentException if there are no more elements than the correction
   */
  public static Tensor apply(Tensor x, double correction, int... axes) {
    int[] sorted = Axes.normalize(NAME, x.shape(), axes);
    return Reshape.to(keeping(x, correction, sorted), Axes.dropping(x.shape(), sorted));
  }

  /**
   * The standard deviation over some axes, all if none is named; they keep length 1.
   *
   * @param correction 1 for an estimate from a sample (Bessel), 0 for a population
   * @throws IllegalArgumentException if there are no more elements than the correction
   */
  public static Tensor keepingAxes(Tensor x, double correction, int... axes) {
    return keeping(x, correction, Axes.normalize(NAME, x.shape(), axes));
  }

  private static Tensor keeping(Tensor x, double correction, int[] axes) {
    return Root.of(Variance.keeping(NAME, x, correction, axes), 2);
  }
}
