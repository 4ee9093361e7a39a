package dev.tempera.cpu.convolution;

import dev.tempera.backend.KernelMemory;
import dev.tempera.cpu.kernel.Addresses;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.MatmulKernel;
import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/**
 * Convolution with 3×3 kernels and stride 1 by Winograd's minimal filtering F(4×4, 3×3): a quarter
 * of the multiplications of a direct convolution.
 *
 * @param memory for transformed weights and blocks of tiles
 * @param workers the threads
 */
record WinogradConvolution(CpuMemory memory, Workers workers) implements ConvolutionAlgorithm {
  /** What numbers of channels are multiples of, so that they fill vectors of any width. */
  private static final int CHANNEL_STEP = 16;

  /** With fewer channels of the image rounding errors are well above those of a direct sum. */
  private static final int FEWEST_CHANNELS = 64;

  /** Rows and columns of results that are worth a tile. */
  private static final int LEAST_SIDE = 3;

  @Override
  public boolean suits(PatchAxis rows, PatchAxis columns, KernelStack kernels) {
    return kernels.groups() == 1
        && kernels.channels() >= FEWEST_CHANNELS
        && kernels.channels() % CHANNEL_STEP == 0
        && kernels.columns() % CHANNEL_STEP == 0
        && suits(rows)
        && suits(columns);
  }

  private static boolean suits(PatchAxis axis) {
    return axis.taps().equals(Progression.all(WinogradTile.TAPS))
        && axis.outputs().step() == 1
        && axis.outputs().count() >= LEAST_SIDE
        && axis.outputStep() == 1
        && Math.abs(axis.tapStep()) == 1;
  }

  @Override
  public boolean appliesMasks() {
    return true;
  }

  @Override
  public boolean addsToResults() {
    return true;
  }

  private WinogradBlocks blocks(
      int images, PatchAxis rows, PatchAxis columns, KernelStack kernels) {
    int panelWidth = MatmulKernel.panelWidth(kernels.columns());
    WinogradKernels.Layout layout =
        new WinogradKernels.Layout(kernels.channels(), kernels.columns(), panelWidth);
    return WinogradBlocks.of(images, rows, columns, layout, workers.threads());
  }

  @Override
  public KernelMemory memoryOf(int images, PatchAxis rows, PatchAxis columns, KernelStack given) {
    KernelStack kernels = given.along(rows.ascending(), columns.ascending());
    WinogradBlocks blocks = blocks(images, rows, columns, kernels);
    int atOnce = Math.min(blocks.blocks(), workers.threads());
    return WinogradKernels.memoryOf(kernels, blocks.layout(), memory)
        .plus(
            KernelMemory.scratch(blocks.bytes() * atOnce, (long) blocks.zeroCount() * Float.BYTES));
  }

  @Override
  public void run(
      ChannelsLastImage image,
      PatchAxis givenRows,
      PatchAxis givenColumns,
      KernelStack given,
      @Nullable View bias,
      ImageSink.Activation activation,
      View result) {
    PatchAxis rows = givenRows.ascending();
    PatchAxis columns = givenColumns.ascending();
    KernelStack kernels = given.along(rows, columns);
    WinogradBlocks blocks = blocks(result.shape().dim(0), rows, columns, kernels);
    int panelWidth = blocks.layout().panelWidth();
    WinogradKernels weights = WinogradKernels.of(kernels, blocks.layout(), memory, workers);
    try (Zeros zeros = new Zeros(memory, blocks.zeroCount());
        BiasRows biasRows = new BiasRows(bias, 1, panelWidth, memory)) {
      long first = bias == null ? zeros.address() : biasRows.address(0);
      WinogradBlock task =
          new WinogradBlock(
              blocks,
              new WinogradInput(blocks, image, rows, columns, zeros.address()),
              weights.address(),
              zeros.address(),
              new WinogradOutput(
                  blocks,
                  rows,
                  columns,
                  first,
                  activation,
                  Addresses.of(result),
                  PixelStrides.of(result)));
      workers.run(blocks.blocks(), memory, blocks.bytes(), task::run);
    } finally {
      weights.finish();
    }
  }
}
