package dev.tempera.op;

import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Saved;
import dev.tempera.tensor.Tensor;

/**
 * The logarithm of {@link Softmax}, yᵢ = xᵢ − log Σⱼ e^xⱼ, without its loss of accuracy where
 * probabilities are small. Only the result is kept, and its gradient is g − e^y·Σ g.
 */
public final class LogSoftmax {
  private LogSoftmax() {}

  /**
   * Logarithms of probabilities along an axis; NaN where the largest element is infinite.
   *
   * @throws dev.tempera.data.ShapeException if there is no such axis
   */
  public static Tensor apply(Tensor x, int axis) {
    int along = Axes.normalize("logSoftmax", x.shape(), axis);
    Recording recording = Recording.of("logSoftmax", x);
    Unary.requireComputable("logSoftmax", x);
    View y = recording.backend().logSoftmax(x.view(), along);
    Saved output = recording.saveOutput();
    return recording.result(
        y, (gradient, into) -> into.add(0, () -> backward(gradient, output.tensor(), along)));
  }

  /** g − e^y·Σ g, which is linear in g. */
  private static Tensor backward(Tensor gradient, Tensor y, int axis) {
    Recording recording = Recording.of("logSoftmaxGradient", gradient, y);
    View slope = recording.backend().logSoftmaxGrad(gradient.view(), y.view(), axis);
    Saved keptGradient = recording.save(gradient, recording.needs(1));
    Saved keptOutput = recording.save(y, true);
    return recording.result(
        slope,
        (second, into) -> {
          into.add(
              0,
              () -> {
                Tensor weighted = second.multiply(keptOutput.tensor().exp());
                return second.subtract(Sum.sumKeepingAxes(weighted, axis));
              });
          into.add(
              1,
              () -> {
                Tensor sum = Sum.sumKeepingAxes(keptGradient.tensor(), axis);
                return second.multiply(keptOutput.tensor().exp()).multiply(sum).negate();
              });
        });
  }
}
