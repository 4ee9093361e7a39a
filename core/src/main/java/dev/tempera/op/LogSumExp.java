package dev.tempera.op;

import dev.tempera.backend.CompareOp;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Saved;
import dev.tempera.tensor.Tensor;

/**
 * The logarithm of the sum of exponentials along an axis, y = log Σ eˣ: a smooth maximum. Its
 * gradient is g·e^(x − y).
 */
public final class LogSumExp {
  private LogSumExp() {}

  /**
   * log Σ eˣ along an axis, which disappears; −∞ where all elements are.
   *
   * @throws dev.tempera.data.ShapeException if there is no such axis
   */
  public static Tensor apply(Tensor x, int axis) {
    int along = Axes.normalize("logSumExp", x.shape(), axis);
    return Reshape.to(keepingAxis(x, along), Axes.dropping(x.shape(), new int[] {along}));
  }

  /**
   * log Σ eˣ along an axis, which keeps length 1.
   *
   * @throws dev.tempera.data.ShapeException if there is no such axis
   */
  public static Tensor keepingAxis(Tensor x, int axis) {
    int along = Axes.normalize("logSumExp", x.shape(), axis);
    Recording recording = Recording.of("logSumExp", x);
    Unary.requireComputable("logSumExp", x);
    View y = recording.backend().logSumExp(x.view(), along);
    Saved input = recording.save(x, true);
    Saved output = recording.saveOutput();
    return recording.result(
        y,
        (gradient, into) ->
            into.add(
                0,
                () -> {
                  Tensor level = finite(output.tensor());
                  return gradient.multiply(input.tensor().subtract(level).exp());
                }));
  }

  /** 0 in the place of −∞: the exponentials of elements that are all −∞ are 0, not NaN. */
  private static Tensor finite(Tensor y) {
    Tensor bottom =
        Tensor.of(
            y.backend(), y.backend().filled(y.dtype(), Shape.scalar(), Double.NEGATIVE_INFINITY));
    return Where.apply(Compare.apply(CompareOp.EQUAL, y, bottom), y.filledLike(0), y);
  }
}
