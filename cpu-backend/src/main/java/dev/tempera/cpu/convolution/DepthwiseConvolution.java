package dev.tempera.cpu.convolution;

import dev.tempera.backend.KernelMemory;
import dev.tempera.cpu.kernel.Addresses;
import dev.tempera.cpu.product.BlockGrid;
import dev.tempera.cpu.product.BlockProduct;
import dev.tempera.cpu.product.Workspace;
import dev.tempera.cpu.product.Workspaces;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Scratch;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.DepthwiseLoops;
import dev.tempera.cpu.simd.RowLoops;
import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/**
 * Convolution in which every channel has a kernel of its own: tap by tap, with neighbouring
 * channels in the lanes of a vector.
 *
 * @param memory for weights and workspaces
 * @param workers the threads
 */
record DepthwiseConvolution(CpuMemory memory, Workers workers) implements ConvolutionAlgorithm {
  @Override
  public boolean suits(PatchAxis rows, PatchAxis columns, KernelStack kernels) {
    return kernels.groups() > 1 && kernels.channels() == 1 && kernels.columns() == 1;
  }

  @Override
  public boolean appliesMasks() {
    return false;
  }

  private static BlockGrid grid(
      int images, PatchAxis rows, PatchAxis columns, KernelStack kernels) {
    long pixels = (long) images * rows.outputs().count() * columns.outputs().count();
    return BlockGrid.of(Math.toIntExact(pixels), kernels.groups(), 1);
  }

  private int workspaces(BlockGrid grid) {
    return Math.min(grid.blocks(), workers.threads());
  }

  @Override
  public KernelMemory memoryOf(int images, PatchAxis rows, PatchAxis columns, KernelStack kernels) {
    BlockGrid grid = grid(images, rows, columns, kernels);
    return KernelMemory.scratch(
        weightBytes(kernels), Workspaces.Areas.of(grid).bytes() * workspaces(grid));
  }

  private static long weightBytes(KernelStack kernels) {
    return (long) kernels.depth() * kernels.groups() * Float.BYTES;
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
    int channels = kernels.groups();
    BlockGrid grid = grid(result.shape().dim(0), rows, columns, kernels);
    int panelWidth = grid.panelWidth();
    ImageSink sink = new ImageSink(rows, columns, PixelStrides.of(result), activation, panelWidth);
    try (Scratch weights = weights(kernels);
        Zeros zeros = new Zeros(memory, panelWidth);
        BiasRows biasRow = new BiasRows(bias, 1, panelWidth, memory);
        Workspaces workspaces = Workspaces.of(memory, grid, workspaces(grid))) {
      PatchMatrix patches = new PatchMatrix(rows, columns, 1, image, zeros.address(), panelWidth);
      workers.run(
          grid.blocks(),
          block -> {
            Workspace workspace = workspaces.take();
            int end = grid.column(block) + grid.columnsOf(block);
            for (int column = grid.column(block); column < end; column += panelWidth) {
              int count = Math.min(panelWidth, end - column);
              long place = image.address() + (long) column * Float.BYTES;
              BlockProduct.beginPanel(
                  biasRow.address(0, column), grid.rowsOf(block), panelWidth, workspace.sums());
              for (int tap = 0; tap < kernels.depth(); tap++) {
                patches.locate(place, grid.row(block), grid.rowsOf(block), tap, workspace.table());
                DepthwiseLoops.accumulate(
                    workspace.table(),
                    grid.rowsOf(block),
                    count,
                    weights.address() + ((long) tap * channels + column) * Float.BYTES,
                    workspace.sums(),
                    panelWidth);
              }
              sink.store(
                  Addresses.of(result),
                  grid.row(block),
                  grid.rowsOf(block),
                  column,
                  count,
                  workspace.sums(),
                  workspace);
            }
            workspaces.give(workspace);
          });
    }
  }

  /** The weights with the channels of each tap side by side. */
  private Scratch weights(KernelStack kernels) {
    int channels = kernels.groups();
    Scratch target = memory.scratch(weightBytes(kernels));
    KernelMatrix matrix = kernels.matrix(1);
    for (int tap = 0; tap < kernels.depth(); tap++) {
      long source = kernels.address(0) + matrix.offset(tap);
      long place = target.address() + (long) tap * channels * Float.BYTES;
      RowLoops.gather(source, 0, kernels.groupStride(), 1, channels, place, 0);
    }
    return target;
  }
}
