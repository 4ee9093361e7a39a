package dev.tempera.op;

import dev.tempera.backend.ReduceOp;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/** Sum and mean over any axes; the gradient spreads evenly. */
public final class Sum {
  private Sum() {}

  /** The sum over some axes, all if none is named; they disappear. */
  public static Tensor sum(Tensor x, int... axes) {
    int[] sorted = Axes.normalize("sum", x.shape(), axes);
    return Reshape.to(keeping(ReduceOp.SUM, x, sorted), Axes.dropping(x.shape(), sorted));
  }

  /** The mean over some axes, all if none is named; they disappear. */
  public static Tensor mean(Tensor x, int... axes) {
    int[] sorted = Axes.normalize("mean", x.shape(), axes);
    return Reshape.to(keeping(ReduceOp.MEAN, x, sorted), Axes.dropping(x.shape(), sorted));
  }

  /** The sum over some axes, which keep length 1. */
  public static Tensor sumKeepingAxes(Tensor x, int... axes) {
    return keeping(ReduceOp.SUM, x, Axes.normalize("sum", x.shape(), axes));
  }

  /** The mean over some axes, which keep length 1. */
  public static Tensor meanKeepingAxes(Tensor x, int... axes) {
    return keeping(ReduceOp.MEAN, x, Axes.normalize("mean", x.shape(), axes));
  }

  private static Tensor keeping(ReduceOp op, Tensor x, int[] axes) {
    String name = OpNames.of(op);
    Recording recording = Recording.of(name, x);
    Unary.requireComputable(name, x);
    View y = recording.backend().reduce(op, x.view(), axes);
    Shape shape = x.shape();
    double share = op == ReduceOp.MEAN ? 1.0 / Axes.count(shape, axes) : 1;
    return recording.result(
        y,
        (gradient, into) ->
            into.add(
                0, () -> Expand.apply(share == 1 ? gradient : gradient.multiply(share), shape)));
  }
}
