package dev.tempera.cpu.convolution;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.KernelMemory;
import dev.tempera.cpu.kernel.Addresses;
import dev.tempera.cpu.product.BlockGrid;
import dev.tempera.cpu.product.DenseProduct;
import dev.tempera.cpu.product.LeftMatrix;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Scratch;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.RowLoops;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.util.List;

/**
 * Weight gradients of convolutions of float32 images: the product of the output gradient,
 * transposed, with the patches of the input, summed over all pixels.
 */
public final class CpuConv2dGradWeight {
  private final CpuMemory memory;
  private final Workers workers;

  /** Gradients in this memory by these threads. */
  public CpuConv2dGradWeight(CpuMemory memory, Workers workers) {
    this.memory = memory;
    this.workers = workers;
  }

  /** See {@link dev.tempera.backend.ConvOps#conv2dGradWeight}; float32 only. */
  public View gradWeight(View x, View gradient, Conv2dParams params, Shape weightShape) {
    View result = memory.allocate(DType.FLOAT32, weightShape, MemoryOrder.ROW_MAJOR);
    int outputs = weightShape.dim(0) / params.groups();
    int channels = weightShape.dim(1);
    int taps = weightShape.dim(2) * weightShape.dim(3);
    if (isDepthwise(params, weightShape)) {
      depthwise(x.shape(), gradient.shape(), params, weightShape)
          .run(x, gradient, Addresses.of(result));
      return result;
    }
    if (isShallow(x.shape(), gradient.shape(), params, weightShape)) {
      shallow(x.shape(), gradient.shape(), params, weightShape)
          .run(x, gradient, Addresses.of(result));
      return result;
    }
    DenseProduct product = product(gradient.shape(), params, weightShape);
    BlockGrid grid = product.grid();
    try (ChannelsLastImage image = ChannelsLastImage.of(x, memory, workers);
        ChannelsLastImage rows = ChannelsLastImage.denseOf(gradient, memory, workers);
        Zeros zeros = new Zeros(memory, grid.panelWidth());
        Scratch sums = memory.scratch(weightShape.size() * Float.BYTES)) {
      LeftMatrix left = new LeftMatrix(Float.BYTES, rows.strides().pixel(), grid);
      PatchMatrix right =
          new PatchMatrix(
              PatchAxis.ofRows(x.shape(), gradient.shape(), weightShape, params),
              PatchAxis.ofColumns(x.shape(), gradient.shape(), weightShape, params),
              channels,
              image,
              zeros.address(),
              grid.panelWidth());
      product.run(
          left,
          right,
          new DenseProduct.Operand(rows.address(), (long) outputs * Float.BYTES),
          new DenseProduct.Operand(image.address(), (long) channels * Float.BYTES),
          sums.address());
      moveTapsInside(sums.address(), weightShape.dim(0), taps, channels, Addresses.of(result));
    }
    return result;
  }

  private static boolean isDepthwise(Conv2dParams params, Shape weightShape) {
    return params.groups() > 1 && params.groups() == weightShape.dim(0) && weightShape.dim(1) == 1;
  }

  private DepthwiseWeightGradient depthwise(
      Shape x, Shape gradient, Conv2dParams params, Shape weightShape) {
    return new DepthwiseWeightGradient(
        memory,
        workers,
        PatchAxis.ofRows(x, gradient, weightShape, params),
        PatchAxis.ofColumns(x, gradient, weightShape, params),
        gradient.dim(0),
        params.groups());
  }

  private static boolean isShallow(
      Shape x, Shape gradient, Conv2dParams params, Shape weightShape) {
    PatchAxis columns = PatchAxis.ofColumns(x, gradient, weightShape, params);
    return ShallowWeightGradient.suits(columns, params.groups(), weightShape.dim(1));
  }

  private ShallowWeightGradient shallow(
      Shape x, Shape gradient, Conv2dParams params, Shape weightShape) {
    return new ShallowWeightGradient(
        memory,
        workers,
        PatchAxis.ofRows(x, gradient, weightShape, params),
        PatchAxis.ofColumns(x, gradient, weightShape, params).ascending(),
        gradient.dim(0),
        weightShape.dim(1),
        weightShape.dim(0));
  }

  /** The product whose terms are the pixels. */
  private DenseProduct product(Shape gradient, Conv2dParams params, Shape weightShape) {
    int outputs = weightShape.dim(0) / params.groups();
    int columns = weightShape.dim(1) * weightShape.dim(2) * weightShape.dim(3);
    int pixels = Math.toIntExact(gradient.size() / weightShape.dim(0));
    int alike = Math.multiplyExact(params.groups(), DenseProduct.mostParts(pixels));
    BlockGrid grid = BlockGrid.of(outputs, columns, alike);
    return new DenseProduct(memory, workers, params.groups(), grid, pixels);
  }

  /** What a gradient takes besides its result. */
  public KernelMemory memoryOf(View x, View gradient, Conv2dParams params, Shape weightShape) {
    return productMemory(x.shape(), gradient.shape(), params, weightShape)
        .plus(
            KernelMemory.scratch(
                ChannelsLastImage.copyBytes(x), ChannelsLastImage.denseCopyBytes(gradient)));
  }

  private KernelMemory productMemory(
      Shape x, Shape gradient, Conv2dParams params, Shape weightShape) {
    if (isDepthwise(params, weightShape)) {
      return depthwise(x, gradient, params, weightShape).kernelMemory();
    }
    if (isShallow(x, gradient, params, weightShape)) {
      return shallow(x, gradient, params, weightShape).kernelMemory();
    }
    return new KernelMemory(product(gradient, params, weightShape).scratchBytes(), List.of())
        .plus(KernelMemory.scratch(weightShape.size() * Float.BYTES));
  }

  /** Copies (Cout, taps, channels) to (Cout, channels, taps). */
  private void moveTapsInside(long sums, int outputs, int taps, int channels, long target) {
    long kernelBytes = (long) taps * channels * Float.BYTES;
    long tapBytes = (long) channels * Float.BYTES;
    workers.forRange(
        outputs,
        8,
        (start, end) -> {
          for (long i = start; i < end; i++) {
            long from = sums + i * kernelBytes;
            long to = target + i * kernelBytes;
            RowLoops.gather(
                from, Float.BYTES, tapBytes, channels, taps, to, (long) taps * Float.BYTES);
          }
        });
  }
}
