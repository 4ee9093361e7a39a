package dev.tempera.op;

import dev.tempera.backend.Backend;
import dev.tempera.backend.ReduceOp;
import dev.tempera.backend.UnaryOp;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/** Whether bools hold along any axes; there is no gradient. */
public final class Truth {
  private Truth() {}

  /**
   * Whether any holds along some axes, all if none is named; they disappear. Of none, none holds.
   *
   * @throws dev.tempera.data.ShapeException if there is no such axis
   * @throws IllegalArgumentException if x is not of bools
   */
  public static Tensor any(Tensor x, int... axes) {
    return along("any", ReduceOp.MAX, x, axes);
  }

  /**
   * Whether all hold along some axes, all if none is named; they disappear. Of none, all hold.
   *
   * @throws dev.tempera.data.ShapeException if there is no such axis
   * @throws IllegalArgumentException if x is not of bools
   */
  public static Tensor all(Tensor x, int... axes) {
    return along("all", ReduceOp.MIN, x, axes);
  }

  private static Tensor along(String op, ReduceOp extremum, Tensor x, int[] axes) {
    int[] sorted = Axes.normalize(op, x.shape(), axes);
    Recording recording = Recording.of(op, x);
    if (x.dtype() != DType.BOOL) {
      throw new IllegalArgumentException(
          op
              + ": the input is not of bools\n  input   "
              + x.dtype()
              + x.shape()
              + "\n  hint    make bools with Compare");
    }
    Backend backend = recording.backend();
    View numbers = backend.converted(x.view(), DType.FLOAT32, MemoryOrder.ROW_MAJOR);
    View extremes = backend.reduce(extremum, numbers, sorted);
    numbers.storage().release();
    View bounded = backend.unary(UnaryOp.STEP, extremes, 0, 0);
    extremes.storage().release();
    View bools = backend.converted(bounded, DType.BOOL, MemoryOrder.ROW_MAJOR);
    bounded.storage().release();
    return Reshape.to(Tensor.of(backend, bools), Axes.dropping(x.shape(), sorted));
  }
}
