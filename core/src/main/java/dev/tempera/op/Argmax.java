package dev.tempera.op;

import dev.tempera.backend.ReduceOp;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Tensor;

/**
 * The position of the largest element along an axis. The result is of int32 and has no gradient.
 */
public final class Argmax {
  private Argmax() {}

  /**
   * The index of the first largest element along an axis, which disappears; NaN counts as the
   * largest.
   *
   * @throws ShapeException if there is no such axis, or it is empty
   */
  public static Tensor apply(Tensor x, int axis) {
    return ExtremumPosition.dropping("argmax", ReduceOp.MAX, x, axis);
  }

  /**
   * The index of the first largest element along an axis, which keeps length 1; NaN counts as the
   * largest.
   *
   * @throws ShapeException if there is no such axis, or it is empty
   */
  public static Tensor keepingAxis(Tensor x, int axis) {
    return ExtremumPosition.keeping("argmax", ReduceOp.MAX, x, axis);
  }
}
