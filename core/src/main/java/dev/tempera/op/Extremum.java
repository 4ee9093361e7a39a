package dev.tempera.op;

import dev.tempera.backend.CompareOp;
import dev.tempera.backend.ReduceOp;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Saved;
import dev.tempera.tensor.Tensor;

/**
 * Largest and smallest elements over any axes; the gradient is shared evenly by all elements that
 * attain it.
 */
public final class Extremum {
  private Extremum() {}

  /** The largest elements along some axes, all if none is named; they disappear. */
  public static Tensor max(Tensor x, int... axes) {
    return dropping(ReduceOp.MAX, x, axes);
  }

  /** The smallest elements along some axes, all if none is named; they disappear. */
  public static Tensor min(Tensor x, int... axes) {
    return dropping(ReduceOp.MIN, x, axes);
  }

  /** The largest elements along some axes, all if none is named; they keep length 1. */
  public static Tensor maxKeepingAxes(Tensor x, int... axes) {
    return keeping(ReduceOp.MAX, x, Axes.normalize("max", x.shape(), axes));
  }

  /** The smallest elements along some axes, all if none is named; they keep length 1. */
  public static Tensor minKeepingAxes(Tensor x, int... axes) {
    return keeping(ReduceOp.MIN, x, Axes.normalize("min", x.shape(), axes));
  }

  private static Tensor dropping(ReduceOp op, Tensor x, int[] axes) {
    int[] sorted = Axes.normalize(OpNames.of(op), x.shape(), axes);
    return Reshape.to(keeping(op, x, sorted), Axes.dropping(x.shape(), sorted));
  }

  private static Tensor keeping(ReduceOp op, Tensor x, int[] axes) {
    String name = OpNames.of(op);
    Recording recording = Recording.of(name, x);
    Unary.requireComputable(name, x);
    if (Axes.count(x.shape(), axes) == 0) {
      throw new ShapeException(name + ": no elements to choose from\n  input   " + x.shape());
    }
    View y = recording.backend().reduce(op, x.view(), axes);
    Saved input = recording.save(x, true);
    Saved output = recording.saveOutput();
    return recording.result(
        y,
        (gradient, into) ->
            into.add(
                0,
                () -> {
                  Tensor attains =
                      Compare.apply(CompareOp.EQUAL, input.tensor(), output.tensor())
                          .to(gradient.dtype());
                  Tensor count = Sum.sumKeepingAxes(attains, axes);
                  return attains.multiply(gradient.divide(count));
                }));
  }
}
