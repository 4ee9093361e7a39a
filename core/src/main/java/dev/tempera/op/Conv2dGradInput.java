package dev.tempera.op;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.data.Mask;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Saved;
import dev.tempera.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of {@link Conv2d} with respect to its input, Σ g[n, o, i, j]·w[o, c, u, v] over all
 * (o, i, j, u, v) that meet an input element. It is linear in both operands: its own gradients are
 * the convolution and {@link Conv2dGradWeight}.
 */
public final class Conv2dGradInput {
  private static final String NAME = "conv2dGradInput";

  private Conv2dGradInput() {}

  /**
   * The gradient with respect to the input.
   *
   * @param gradient with respect to the convolution's result, (N, Cout, H′, W′)
   * @param weight (Cout, C/groups, kH, kW)
   * @param inputShape (N, C, H, W)
   * @return of the input's shape
   * @throws ShapeException if the shapes do not fit
   */
  public static Tensor apply(
      Tensor gradient, Tensor weight, Conv2dParams params, Shape inputShape) {
    return apply(gradient, null, weight, params, inputShape);
  }

  /**
   * The gradient through a rectifier after the convolution.
   *
   * @param mask of the rectifier; null for none
   */
  static Tensor apply(
      Tensor gradient, @Nullable Mask mask, Tensor weight, Conv2dParams params, Shape inputShape) {
    Recording recording = Recording.of(NAME, gradient, weight);
    OperandTypes.requireOne(NAME, gradient, new OperandTypes.Named("weight", weight));
    requireFitting(gradient, weight, params, inputShape);
    View y =
        recording
            .backend()
            .conv2dGradInput(gradient.view(), mask, weight.view(), params, inputShape);
    Saved keptGradient = recording.save(gradient, recording.needs(1));
    Saved keptWeight = recording.save(weight, recording.needs(0));
    if (mask != null && recording.isActive()) {
      mask.storage().retain();
      recording.keep(mask.storage());
    }
    Shape weightShape = weight.shape();
    return recording.result(
        y,
        (outer, into) -> {
          into.add(
              0,
              () -> ApplyMask.orAll(Conv2d.apply(outer, keptWeight.tensor(), null, params), mask));
          into.add(
              1,
              () ->
                  Conv2dGradWeight.apply(
                      outer, ApplyMask.orAll(keptGradient.tensor(), mask), params, weightShape));
        });
  }

  /**
   * Adds the gradient through a rectifier after the convolution to a sum, in place.
   *
   * @param sum of the input's shape, dense and untracked
   * @param mask of the rectifier; null for none
   */
  static void addTo(
      Tensor sum, Tensor gradient, @Nullable Mask mask, Tensor weight, Conv2dParams params) {
    Recording recording = Recording.of(NAME, sum, gradient, weight);
    OperandTypes.requireOne(NAME, gradient, new OperandTypes.Named("weight", weight));
    requireFitting(gradient, weight, params, sum.shape());
    recording.write(
        () ->
            recording
                .backend()
                .addConv2dGradInput(sum.view(), gradient.view(), mask, weight.view(), params));
  }

  private static void requireFitting(
      Tensor gradient, Tensor weight, Conv2dParams params, Shape inputShape) {
    Shape expected = params.outputShape(NAME, inputShape, weight.shape());
    if (!gradient.shape().equals(expected)) {
      throw new ShapeException(
          NAME
              + ": the gradient has another shape than the convolution's result\n  input   "
              + gradient.shape()
              + "  (N, Cout, H′, W′)\n  weight  "
              + weight.shape()
              + "  (Cout, Cin/groups, kH, kW)\n  rule    "
              + expected
              + " for an image of "
              + inputShape);
    }
  }
}
