package dev.tempera.cpu.convolution;

import dev.tempera.backend.KernelMemory;
import dev.tempera.cpu.kernel.Addresses;
import dev.tempera.cpu.product.BlockGrid;
import dev.tempera.cpu.product.BlockProduct;
import dev.tempera.cpu.product.PackedPanels;
import dev.tempera.cpu.product.Workspace;
import dev.tempera.cpu.product.Workspaces;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.data.View;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Convolution as a packed product of patches and kernels, for any geometry. Blocks of patches are
 * packed as they are needed; the matrix of all patches never exists.
 *
 * @param memory for packed weights and workspaces
 * @param workers the threads
 */
record PackedConvolution(CpuMemory memory, Workers workers) implements ConvolutionAlgorithm {
  @Override
  public boolean suits(PatchAxis rows, PatchAxis columns, KernelStack kernels) {
    return true;
  }

  @Override
  public boolean appliesMasks() {
    return true;
  }

  private static BlockGrid grid(
      int images, PatchAxis rows, PatchAxis columns, KernelStack kernels) {
    long pixels = (long) images * rows.outputs().count() * columns.outputs().count();
    return BlockGrid.of(Math.toIntExact(pixels), kernels.columns(), kernels.groups());
  }

  private static int tasks(BlockGrid grid, KernelStack kernels) {
    return Math.multiplyExact(kernels.groups(), grid.blocks());
  }

  private static PackedPanels panels(KernelStack kernels, BlockGrid grid) {
    return new PackedPanels(kernels.depth(), kernels.columns(), grid.panelWidth());
  }

  @Override
  public KernelMemory memoryOf(int images, PatchAxis rows, PatchAxis columns, KernelStack kernels) {
    BlockGrid grid = grid(images, rows, columns, kernels);
    int workspaces = Math.min(tasks(grid, kernels), workers.threads());
    return PackedKernels.memoryOf(kernels, panels(kernels, grid), memory)
        .plus(KernelMemory.scratch(Workspaces.Areas.of(grid).bytes() * workspaces));
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
    BlockGrid grid = grid(result.shape().dim(0), rows, columns, kernels);
    int panelWidth = grid.panelWidth();
    int tasks = tasks(grid, kernels);
    ImageSink sink = new ImageSink(rows, columns, PixelStrides.of(result), activation, panelWidth);
    PackedKernels packed = PackedKernels.of(kernels, panels(kernels, grid), memory, workers);
    try (Zeros zeros = new Zeros(memory, Math.max(BlockProduct.DEPTH, panelWidth));
        BiasRows biasRows = new BiasRows(bias, kernels.groups(), panelWidth, memory);
        Workspaces workspaces = Workspaces.of(memory, grid, Math.min(tasks, workers.threads()))) {
      PatchMatrix patches =
          new PatchMatrix(rows, columns, kernels.channels(), image, zeros.address(), panelWidth);
      BlockProduct product = new BlockProduct(patches, packed.panels(), sink, grid);
      BlockProduct.Bases[] bases = new BlockProduct.Bases[kernels.groups()];
      Arrays.setAll(
          bases,
          group ->
              new BlockProduct.Bases(
                  image.address() + (long) group * kernels.channels() * Float.BYTES,
                  packed.address(group),
                  Addresses.of(result) + (long) group * kernels.columns() * Float.BYTES,
                  biasRows.address(group)));
      workers.run(
          tasks,
          task -> {
            Workspace workspace = workspaces.take();
            product.run(
                bases[task / grid.blocks()], task % grid.blocks(), 0, kernels.depth(), workspace);
            workspaces.give(workspace);
          });
    } finally {
      packed.finish();
    }
  }
}
