package dev.tempera.cpu;

import dev.tempera.backend.Conv2dEpilogue;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.KernelMemory;
import dev.tempera.backend.MemoryModel;
import dev.tempera.cpu.kernel.CpuSoftmax;
import dev.tempera.cpu.simd.MaskBits;
import dev.tempera.data.Mask;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/**
 * How the CPU backend spends memory on float32 tensors. The kernels themselves say what they take,
 * by the same computation that they take it by.
 *
 * @param kernels those of the backend
 */
record CpuMemoryModel(CpuKernels kernels) implements MemoryModel {
  @Override
  public long blockSize(long bytes) {
    return kernels.memory().blockSize(bytes);
  }

  @Override
  public long maskBytes(long elements) {
    return MaskBits.bytes(elements);
  }

  @Override
  public MemoryOrder imageOrder() {
    return MemoryOrder.CHANNELS_LAST;
  }

  @Override
  public KernelMemory conv2d(View x, View weight, Conv2dParams params, Conv2dEpilogue epilogue) {
    return kernels.conv2d().memoryOf(x, weight, params, epilogue);
  }

  @Override
  public KernelMemory conv2dGradInput(
      View gradient, @Nullable Mask mask, View weight, Conv2dParams params, Shape inputShape) {
    return kernels.conv2dGradInput().memoryOf(gradient, mask, weight, params, inputShape);
  }

  @Override
  public KernelMemory addConv2dGradInput(
      View sum, View gradient, @Nullable Mask mask, View weight, Conv2dParams params) {
    return kernels.conv2dGradInput().adds(sum, gradient, mask, weight, params)
        ? conv2dGradInput(gradient, mask, weight, params, sum.shape())
        : MemoryModel.super.addConv2dGradInput(sum, gradient, mask, weight, params);
  }

  @Override
  public KernelMemory conv2dGradWeight(
      View x, View gradient, Conv2dParams params, Shape weightShape) {
    return kernels.conv2dGradWeight().memoryOf(x, gradient, params, weightShape);
  }

  @Override
  public long[] softmaxStrides(View x, int axis) {
    return CpuSoftmax.strides(x, axis);
  }

  @Override
  public KernelMemory matmul(View a, View b, boolean symmetric) {
    return symmetric ? kernels.gram().memoryOf(a) : kernels.matmul().memoryOf(a, b);
  }
}
