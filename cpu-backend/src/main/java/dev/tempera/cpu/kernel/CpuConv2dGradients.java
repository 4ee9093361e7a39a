package dev.tempera.cpu.kernel;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.ConvDefaults;
import dev.tempera.backend.ConvOps;
import dev.tempera.data.Mask;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/** Gradients of convolutions of float32 images. */
public final class CpuConv2dGradients {
  /** See {@link ConvOps#conv2dGradInput}; float32 only. */
  public View gradInput(
      ConvOps backend,
      View gradient,
      @Nullable Mask mask,
      View weight,
      Conv2dParams params,
      Shape inputShape) {
    return ConvDefaults.gradInput(backend, gradient, mask, weight, params, inputShape);
  }

  /** See {@link ConvOps#conv2dGradWeight}; float32 only. */
  public View gradWeight(
      ConvOps backend, View x, View gradient, Conv2dParams params, Shape weightShape) {
    return ConvDefaults.gradWeight(backend, x, gradient, params, weightShape);
  }
}
