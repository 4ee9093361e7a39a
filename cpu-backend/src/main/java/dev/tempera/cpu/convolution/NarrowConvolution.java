package dev.tempera.cpu.convolution;

import dev.tempera.backend.KernelMemory;
import dev.tempera.cpu.kernel.Addresses;
import dev.tempera.cpu.product.BlockProduct;
import dev.tempera.cpu.product.Workspace;
import dev.tempera.cpu.product.Workspaces;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Scratch;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.AddressTable;
import dev.tempera.cpu.simd.DotKernel;
import dev.tempera.cpu.simd.Lanes;
import dev.tempera.cpu.simd.RowLoops;
import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/**
 * Convolution of many channels to at most four, such as the gradient of a picture: neighbouring
 * channels of a patch, read where they lie, fill the lanes of a vector.
 *
 * @param memory for weights and workspaces
 * @param workers the threads
 */
record NarrowConvolution(CpuMemory memory, Workers workers) implements ConvolutionAlgorithm {
  private static final int PIXELS_OF_A_BLOCK = 128;

  /** Of a table: an address for each pixel of a block. */
  private static final long TAP_BYTES = (long) PIXELS_OF_A_BLOCK * Long.BYTES;

  @Override
  public boolean suits(PatchAxis rows, PatchAxis columns, KernelStack kernels) {
    return kernels.groups() == 1
        && kernels.columns() <= DotKernel.COLUMNS
        && kernels.channels() % Lanes.COUNT == 0;
  }

  @Override
  public boolean appliesMasks() {
    return false;
  }

  private static Workspaces.Areas areas(int taps) {
    return new Workspaces.Areas(
        DotKernel.TILE_BYTES,
        0,
        (long) PIXELS_OF_A_BLOCK * DotKernel.COLUMNS * Float.BYTES,
        Math.max(1, taps) * TAP_BYTES);
  }

  private static int taps(PatchAxis rows, PatchAxis columns) {
    return rows.taps().count() * columns.taps().count();
  }

  @Override
  public KernelMemory memoryOf(int images, PatchAxis rows, PatchAxis columns, KernelStack kernels) {
    return KernelMemory.scratch(
        weightBytes(kernels), areas(taps(rows, columns)).bytes() * workers.threads());
  }

  private static long weightBytes(KernelStack kernels) {
    return (long) kernels.depth() / Lanes.COUNT * DotKernel.COLUMNS * Lanes.BYTES;
  }

  @Override
  public void run(
      ChannelsLastImage image,
      PatchAxis rows,
      PatchAxis columns,
      KernelStack kernels,
      @Nullable View bias,
      ImageSink.Activation activation,
      View result) {
    long pixels = (long) result.shape().dim(0) * rows.outputs().count() * columns.outputs().count();
    int taps = taps(rows, columns);
    int width = DotKernel.COLUMNS;
    ImageSink sink = new ImageSink(rows, columns, PixelStrides.of(result), activation, width);
    try (Scratch weights = weights(kernels);
        Zeros zeros = new Zeros(memory, kernels.channels());
        BiasRows biasRow = new BiasRows(bias, 1, width, memory);
        Workspaces workspaces = new Workspaces(memory, workers.threads(), areas(taps))) {
      PatchMatrix patches =
          new PatchMatrix(rows, columns, kernels.channels(), image, zeros.address(), 1);
      workers.forRange(
          pixels,
          PIXELS_OF_A_BLOCK,
          (start, end) -> {
            int pixel = Math.toIntExact(start);
            int count = (int) (end - start);
            Workspace workspace = workspaces.take();
            for (int tap = 0; tap < taps; tap++) {
              long table = workspace.table() + tap * TAP_BYTES;
              long rest = table + (long) count * Long.BYTES;
              patches.locate(image.address(), pixel, count, tap, table);
              AddressTable.spaced(rest, PIXELS_OF_A_BLOCK - count, zeros.address(), 0);
            }
            BlockProduct.beginPanel(biasRow.address(0), PIXELS_OF_A_BLOCK, width, workspace.sums());
            for (int i = 0; i < count; i += DotKernel.PIXELS) {
              long table = workspace.table() + (long) i * Long.BYTES;
              DotKernel.dot(
                  table, TAP_BYTES, taps, kernels.channels(), weights.address(), workspace.left());
              long sums = workspace.sums() + (long) i * width * Float.BYTES;
              DotKernel.addLanes(workspace.left(), sums);
            }
            sink.store(
                Addresses.of(result),
                pixel,
                count,
                0,
                kernels.columns(),
                workspace.sums(),
                workspace);
            workspaces.give(workspace);
          });
    }
  }

  /** The weights with the columns of each tap and vector of channels side by side. */
  private Scratch weights(KernelStack kernels) {
    int rows = kernels.depth() / Lanes.COUNT;
    Scratch target = memory.scratch(weightBytes(kernels));
    RowLoops.fill(target.address(), rows * DotKernel.COLUMNS * Lanes.COUNT, 0);
    KernelMatrix matrix = kernels.matrix(1);
    for (int row = 0; row < rows; row++) {
      int element = row * Lanes.COUNT;
      long source = kernels.address(0) + matrix.offset(element);
      long place = target.address() + (long) row * DotKernel.COLUMNS * Lanes.BYTES;
      RowLoops.gather(
          source,
          matrix.columnStride(),
          matrix.channelStride(),
          kernels.columns(),
          Lanes.COUNT,
          place,
          Lanes.BYTES);
    }
    return target;
  }
}
