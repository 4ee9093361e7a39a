package dev.tempera.cpu;

import dev.tempera.backend.Activated;
import dev.tempera.backend.Conv2dEpilogue;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.ConvOps;
import dev.tempera.data.Mask;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/** Convolutions and their gradients. */
interface CpuConvOps extends ConvOps, OnCpuKernels {
  @Override
  default Activated conv2d(View x, View weight, Conv2dParams params, Conv2dEpilogue epilogue) {
    return CpuKernels.isDouble(x)
        ? ConvOps.super.conv2d(x, weight, params, epilogue)
        : kernels().conv2d().conv2d(x, weight, params, epilogue);
  }

  @Override
  default View conv2dGradInput(
      View gradient, @Nullable Mask mask, View weight, Conv2dParams params, Shape inputShape) {
    return CpuKernels.isDouble(gradient)
        ? ConvOps.super.conv2dGradInput(gradient, mask, weight, params, inputShape)
        : kernels().conv2dGradInput().gradInput(this, gradient, mask, weight, params, inputShape);
  }

  @Override
  default void addConv2dGradInput(
      View sum, View gradient, @Nullable Mask mask, View weight, Conv2dParams params) {
    if (CpuKernels.isDouble(gradient)
        || !kernels().conv2dGradInput().adds(sum, gradient, mask, weight, params)) {
      ConvOps.super.addConv2dGradInput(sum, gradient, mask, weight, params);
    } else {
      kernels().conv2dGradInput().addTo(sum, gradient, mask, weight, params);
    }
  }

  @Override
  default View conv2dGradWeight(View x, View gradient, Conv2dParams params, Shape weightShape) {
    return CpuKernels.isDouble(x)
        ? ConvOps.super.conv2dGradWeight(x, gradient, params, weightShape)
        : kernels().conv2dGradWeight().gradWeight(x, gradient, params, weightShape);
  }

  @Override
  default View convTranspose2d(
      View x, View weight, @Nullable View bias, Conv2dParams params, Shape outputShape) {
    return CpuKernels.isDouble(x)
        ? ConvOps.super.convTranspose2d(x, weight, bias, params, outputShape)
        : kernels().conv2dGradInput().transposed(x, weight, bias, params, outputShape);
  }
}
