package dev.tempera.cpu.convolution;

import dev.tempera.backend.Activated;
import dev.tempera.backend.Conv2dEpilogue;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.KernelMemory;
import dev.tempera.cpu.kernel.Addresses;
import dev.tempera.cpu.kernel.CpuElementwise;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.MaskBits;
import dev.tempera.data.DType;
import dev.tempera.data.HostStorage;
import dev.tempera.data.Mask;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/** Convolutions of float32 images; bias, ReLU and mask are applied where the sums are written. */
public final class CpuConv2d {
  private final CpuMemory memory;
  private final Workers workers;
  private final CpuElementwise elementwise;
  private final ConvolutionAlgorithms algorithms;

  /** Convolutions in this memory by these threads, in these ways. */
  public CpuConv2d(
      CpuMemory memory,
      Workers workers,
      CpuElementwise elementwise,
      ConvolutionAlgorithms algorithms) {
    this.memory = memory;
    this.workers = workers;
    this.elementwise = elementwise;
    this.algorithms = algorithms;
  }

  /** See {@link dev.tempera.backend.ConvOps#conv2d}; float32 only, results channels-last. */
  public Activated conv2d(View x, View weight, Conv2dParams params, Conv2dEpilogue epilogue) {
    Shape shape = params.outputShape(x.shape(), weight.shape());
    View result = memory.allocate(DType.FLOAT32, shape, MemoryOrder.CHANNELS_LAST);
    boolean keepsMask = epilogue.relu() && epilogue.keepMask();
    if (keepsMask && !hasWholeGroups(shape, params)) {
      convolve(x, weight, params, epilogue, new ImageSink.Activation(false, 0, 0), result);
      Activated activated = elementwise.relu(result, true);
      result.storage().release();
      return activated;
    }
    if (!keepsMask) {
      ImageSink.Activation activation = new ImageSink.Activation(epilogue.relu(), 0, 0);
      convolve(x, weight, params, epilogue, activation, result);
      return new Activated(result, (Mask) null);
    }
    HostStorage bits = memory.storage(MaskBits.bytes(shape.size()));
    ImageSink.Activation activation =
        new ImageSink.Activation(true, Addresses.of(bits), Addresses.of(result));
    convolve(x, weight, params, epilogue, activation, result);
    return new Activated(result, new Mask(bits, shape, result.strides()));
  }

  /** Whether the bits of a mask come in whole groups for each pixel. */
  private static boolean hasWholeGroups(Shape result, Conv2dParams params) {
    return result.dim(1) / params.groups() % MaskBits.GROUP == 0;
  }

  /** What a convolution takes besides its results. */
  public KernelMemory memoryOf(View x, View weight, Conv2dParams params, Conv2dEpilogue epilogue) {
    Shape shape = params.outputShape(x.shape(), weight.shape());
    boolean keepsMask = epilogue.relu() && epilogue.keepMask();
    // The mask is then made by a pass of its own, from the sums to another result.
    boolean rectifiesApart = keepsMask && !hasWholeGroups(shape, params);
    long sums = rectifiesApart ? shape.size() * Float.BYTES : 0;
    KernelStack kernels =
        new KernelStack(weight, params.groups(), false, KernelStack.Taps.all(weight.shape()));
    PatchAxis rows = PatchAxis.ofRows(x.shape(), shape, weight.shape(), params);
    PatchAxis columns = PatchAxis.ofColumns(x.shape(), shape, weight.shape(), params);
    return algorithms
        .of(rows, columns, kernels)
        .memoryOf(shape.dim(0), rows, columns, kernels)
        .plus(KernelMemory.scratch(sums, ChannelsLastImage.copyBytes(x)));
  }

  private void convolve(
      View x,
      View weight,
      Conv2dParams params,
      Conv2dEpilogue epilogue,
      ImageSink.Activation activation,
      View result) {
    KernelStack kernels =
        new KernelStack(weight, params.groups(), false, KernelStack.Taps.all(weight.shape()));
    PatchAxis rows = PatchAxis.ofRows(x.shape(), result.shape(), weight.shape(), params);
    PatchAxis columns = PatchAxis.ofColumns(x.shape(), result.shape(), weight.shape(), params);
    try (ChannelsLastImage image = ChannelsLastImage.of(x, memory, workers)) {
      algorithms
          .of(rows, columns, kernels)
          .run(image, rows, columns, kernels, epilogue.bias(), activation, result);
    }
  }
}
