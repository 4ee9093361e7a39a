package dev.tempera.op;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Saved;
import dev.tempera.tensor.Tensor;

/**
 * The gradient of {@link Conv2d} with respect to its weight, Σ x[n, c, i·s + u·d, j·s + v·d]·g[n,
 * o, i, j] over (n, i, j) on the padded input. It is linear in both operands: its own gradients are
 * {@link Conv2dGradInput} and the convolution.
 */
public final class Conv2dGradWeight {
  private static final String NAME = "conv2dGradWeight";

  private Conv2dGradWeight() {}

  /**
   * The gradient with respect to the weight.
   *
   * @param x the convolution's input, (N, C, H, W)
   * @param gradient with respect to its sums, (N, Cout, H′, W′)
   * @param weightShape (Cout, C/groups, kH, kW)
   * @return of the weight's shape
   * @throws ShapeException if the shapes do not fit
   */
  public static Tensor apply(Tensor x, Tensor gradient, Conv2dParams params, Shape weightShape) {
    Recording recording = Recording.of(NAME, x, gradient);
    OperandTypes.requireOne(NAME, x, new OperandTypes.Named("grad", gradient));
    Shape expected = params.outputShape(NAME, x.shape(), weightShape);
    if (!gradient.shape().equals(expected)) {
      throw new ShapeException(
          NAME
              + ": the gradient has another shape than the convolution's result\n  input   "
              + x.shape()
              + "  (N, C, H, W)\n  grad    "
              + gradient.shape()
              + "  (N, Cout, H′, W′)\n  rule    "
              + expected
              + " for a weight of "
              + weightShape);
    }
    View y = recording.backend().conv2dGradWeight(x.view(), gradient.view(), params, weightShape);
    Saved keptInput = recording.save(x, recording.needs(1));
    Saved keptGradient = recording.save(gradient, recording.needs(0));
    Shape inputShape = x.shape();
    return recording.result(
        y,
        (outer, into) -> {
          into.add(
              0, () -> Conv2dGradInput.apply(keptGradient.tensor(), outer, params, inputShape));
          into.add(1, () -> Conv2d.apply(keptInput.tensor(), outer, null, params));
        });
  }
}
