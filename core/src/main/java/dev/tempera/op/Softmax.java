package dev.tempera.op;

import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Saved;
import dev.tempera.tensor.Tensor;

/**
 * The exponentials of the elements along an axis, divided by their sum: yᵢ = e^xᵢ / Σⱼ e^xⱼ. Only
 * the result is kept, and its gradient is y·(g − Σ g·y).
 */
public final class Softmax {
  private Softmax() {}

  /**
   * Probabilities along an axis; NaN where the largest element is infinite.
   *
   * @throws dev.tempera.data.ShapeException if there is no such axis
   */
  public static Tensor apply(Tensor x, int axis) {
    int along = Axes.normalize("softmax", x.shape(), axis);
    Recording recording = Recording.of("softmax", x);
    Unary.requireComputable("softmax", x);
    View y = recording.backend().softmax(x.view(), along);
    Saved output = recording.saveOutput();
    return recording.result(
        y, (gradient, into) -> into.add(0, () -> backward(gradient, output.tensor(), along)));
  }

  /** y·(g − Σ g·y), which is linear in g. */
  private static Tensor backward(Tensor gradient, Tensor y, int axis) {
    Recording recording = Recording.of("softmaxGradient", gradient, y);
    View slope = recording.backend().softmaxGrad(gradient.view(), y.view(), axis);
    Saved keptGradient = recording.save(gradient, recording.needs(1));
    Saved keptOutput = recording.save(y, true);
    return recording.result(
        slope,
        (second, into) -> {
          into.add(0, () -> backward(second, keptOutput.tensor(), axis));
          into.add(
              1,
              () -> {
                Tensor g = keptGradient.tensor();
                Tensor probability = keptOutput.tensor();
                Tensor mean = Sum.sumKeepingAxes(g.multiply(probability), axis);
                Tensor change = Sum.sumKeepingAxes(second.multiply(probability), axis);
                return second.multiply(g.subtract(mean)).subtract(g.multiply(change));
              });
        });
  }
}
