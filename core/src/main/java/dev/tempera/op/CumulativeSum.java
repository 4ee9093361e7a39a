package dev.tempera.op;

import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/**
 * Running totals along an axis: yᵢ = x₀ + … + xᵢ. The gradient is the running total from the other
 * end.
 */
public final class CumulativeSum {
  private CumulativeSum() {}

  /**
   * The sum of each element and all before it along an axis.
   *
   * @throws dev.tempera.data.ShapeException if there is no such axis
   */
  public static Tensor apply(Tensor x, int axis) {
    return along(x, Axes.normalize("cumulativeSum", x.shape(), axis), false);
  }

  private static Tensor along(Tensor x, int axis, boolean fromEnd) {
    Recording recording = Recording.of("cumulativeSum", x);
    Unary.requireComputable("cumulativeSum", x);
    View y = recording.backend().cumulativeSum(x.view(), axis, fromEnd);
    return recording.result(
        y, (gradient, into) -> into.add(0, () -> along(gradient, axis, !fromEnd)));
  }
}
