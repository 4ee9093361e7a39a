package dev.tempera.op;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.data.Mask;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Saved;
import dev.tempera.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The gradients of {@link Conv2d} with respect to its input and its weight, as operations. Each is
 * linear in both of its operands, so their own gradients are the convolution and each other.
 *
 * @param params the convolution's geometry
 * @param inputShape (N, C, H, W)
 * @param weightShape (Cout, C/groups, kH, kW)
 */
record Conv2dGradient(Conv2dParams params, Shape inputShape, Shape weightShape) {
  /**
   * The gradient with respect to the input.
   *
   * @param gradient with respect to the output, (N, Cout, H′, W′)
   * @param mask of the rectifier after the convolution; null for none
   * @param weight (Cout, C/groups, kH, kW)
   */
  Tensor input(Tensor gradient, @Nullable Mask mask, Tensor weight) {
    Recording recording = Recording.of("conv2dGradInput", gradient, weight);
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
    return recording.result(
        y,
        (outer, into) -> {
          into.add(0, () -> masked(Conv2d.apply(outer, keptWeight.tensor(), null, params), mask));
          into.add(1, () -> weight(outer, masked(keptGradient.tensor(), mask)));
        });
  }

  /**
   * The gradient with respect to the weight.
   *
   * @param x the convolution's input, (N, C, H, W)
   * @param gradient with respect to its sums, (N, Cout, H′, W′)
   */
  Tensor weight(Tensor x, Tensor gradient) {
    Recording recording = Recording.of("conv2dGradWeight", x, gradient);
    View y = recording.backend().conv2dGradWeight(x.view(), gradient.view(), params, weightShape);
    Saved keptInput = recording.save(x, recording.needs(1));
    Saved keptGradient = recording.save(gradient, recording.needs(0));
    return recording.result(
        y,
        (outer, into) -> {
          into.add(0, () -> input(keptGradient.tensor(), null, outer));
          into.add(1, () -> Conv2d.apply(keptInput.tensor(), outer, null, params));
        });
  }

  private static Tensor masked(Tensor x, @Nullable Mask mask) {
    return mask == null ? x : ApplyMask.apply(x, mask);
  }
}
