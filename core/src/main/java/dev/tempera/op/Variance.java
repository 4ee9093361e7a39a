package dev.tempera.op;

import dev.tempera.tensor.Tensor;

/**
 * The population variance, mean((x − mean(x))²), in two passes. Its gradient is that of what it is
 * made of.
 */
public final class Variance {
  private Variance() {}

  /** The variance over some axes, all if none is named; they disappear. */
  public static Tensor apply(Tensor x, int... axes) {
    int[] sorted = Axes.normalize("variance", x.shape(), axes);
    Tensor centred = x.subtract(Sum.meanKeepingAxes(x, sorted));
    return Sum.mean(centred.square(), sorted);
  }
}
