package dev.tempera.op;

import dev.tempera.backend.ReduceOp;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Tensor;

/**
 * The position of the smallest element along an axis. The result is of int32 and has no gradient.
 */
public final class Argmin {
  private Argmin() {}

  /**
   * The index of the first smallest element along an axis, which disappears; NaN counts as the
   * smallest.
   *
   * @throws ShapeException if there is no such axis, or it is empty
   */
  public static Tensor apply(Tensor x, int axis) {
    return ExtremumPosition.dropping("argmin", ReduceOp.MIN, x, axis);
  }

  /**
   * The index of the first smallest element along an axis, which keeps length 1; NaN counts as the
   * smallest.
   *
   * @throws ShapeException if there is no such axis, or it is empty
   */
  public static Tensor keepingAxis(Tensor x, int axis) {
    return ExtremumPosition.keeping("argmin", ReduceOp.MIN, x, axis);
  }
}
