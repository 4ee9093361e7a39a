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
    return along(ReduceOp.MAX, x, axes);
  }

  /** The smallest elements along some axes, all if none is named; they disappear. */
  public static Tensor min(Tensor x, int... axes) {
    return along(ReduceOp.MIN, x, axes);
  }

  private static Tensor along(ReduceOp op, Tensor x, int[] axes) {
    String name = OpNames.of(op);
    int[] sorted = Axes.normalize(name, x.shape(), axes);
    Recording recording = Recording.of(name, x);
    Unary.requireComputable(name, x);
    if (Axes.count(x.shape(), sorted) == 0) {
      throw new ShapeException(name + ": no elements to choose from\n  input   " + x.shape());
    }
    View y = recording.backend().reduce(op, x.view(), sorted);
    Saved input = recording.save(x, true);
    Saved output = recording.saveOutput();
    Tensor kept =
        recording.result(
            y,
            (gradient, into) ->
                into.add(
                    0,
                    () -> {
                      Tensor attains =
                          Compare.apply(CompareOp.EQUAL, input.tensor(), output.tensor())
                              .to(gradient.dtype());
                      Tensor count = Sum.sumKeepingAxes(attains, sorted);
                      return attains.multiply(gradient.divide(count));
                    }));
    return Reshape.to(kept, Axes.dropping(x.shape(), sorted));
  }
}
