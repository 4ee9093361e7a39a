package dev.tempera.cpu.convolution;

import dev.tempera.backend.KernelMemory;
import dev.tempera.cpu.kernel.Addresses;
import dev.tempera.cpu.product.BlockGrid;
import dev.tempera.cpu.product.BlockProduct;
import dev.tempera.cpu.product.LeftFactor;
import dev.tempera.cpu.product.Workspace;
import dev.tempera.cpu.product.Workspaces;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.data.View;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Convolution as a packed product of patches and kernels, for any geometry. Blocks of patches are
 * read or packed as they are needed; the matrix of all patches never exists.
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

  @Override
  public KernelMemory memoryOf(int images, PatchAxis rows, PatchAxis columns, KernelStack kernels) {
    PatchPlan plan = PatchPlan.of(images, rows, columns, kernels);
    int workspaces = Math.min(plan.tasks(), workers.threads());
    return PackedKernels.memoryOf(plan.kernels(), plan.panels(), memory)
        .plus(KernelMemory.scratch(plan.areas().bytes() * workspaces));
  }

  @Override
  public void run(
      ChannelsLastImage image,
      PatchAxis givenRows,
      PatchAxis givenColumns,
      KernelStack givenKernels,
      @Nullable View bias,
      ImageSink.Activation activation,
      View result) {
    PatchPlan plan = PatchPlan.of(result.shape().dim(0), givenRows, givenColumns, givenKernels);
    KernelStack kernels = plan.kernels();
    BlockGrid grid = plan.grid();
    int panelWidth = grid.panelWidth();
    int tasks = plan.tasks();
    ImageSink sink =
        new ImageSink(plan.rows(), plan.columns(), PixelStrides.of(result), activation, panelWidth);
    PackedKernels packed = PackedKernels.of(kernels, plan.panels(), memory, workers);
    try (Zeros zeros = new Zeros(memory, plan.zeros());
        BiasRows biasRows = new BiasRows(bias, kernels.groups(), panelWidth, memory);
        Workspaces workspaces =
            new Workspaces(memory, Math.min(tasks, workers.threads()), plan.areas())) {
      LeftFactor patches = plan.patches(image, zeros.address());
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
