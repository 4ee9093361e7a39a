package dev.tempera.cpu.convolution;

import dev.tempera.backend.KernelMemory;
import dev.tempera.cpu.kernel.Addresses;
import dev.tempera.cpu.product.PackedPanels;
import dev.tempera.cpu.product.Workspace;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.AddressTable;
import dev.tempera.cpu.simd.MatmulKernel;
import dev.tempera.cpu.simd.ShallowKernel;
import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/**
 * Convolution of few channels, such as those of a picture: what a kernel row meets lies side by
 * side and is read where it lies, and all weights of a panel stay in the first cache.
 *
 * @param memory for packed weights and padded rows
 * @param workers the threads
 */
record ShallowConvolution(CpuMemory memory, Workers workers) implements ConvolutionAlgorithm {
  private static final int MOST_CHANNELS = 8;

  /** Panels of more would not stay in the first cache. */
  private static final int MOST_DEPTH = 160;

  private static final int TILES_OF_A_BLOCK = 8;
  private static final int ELEMENTS_OF_A_TASK = 8192;

  @Override
  public boolean suits(PatchAxis rows, PatchAxis columns, KernelStack kernels) {
    return kernels.groups() == 1
        && columns.isCompact()
        && kernels.channels() <= MOST_CHANNELS
        && kernels.depth() > 0
        && kernels.depth() <= MOST_DEPTH;
  }

  @Override
  public boolean appliesMasks() {
    return false;
  }

  private static PackedPanels panels(KernelStack kernels) {
    int panelWidth = MatmulKernel.panelWidth(kernels.columns());
    return PackedPanels.whole(kernels.depth(), kernels.columns(), panelWidth);
  }

  @Override
  public KernelMemory memoryOf(
      int images, PatchAxis rows, PatchAxis givenColumns, KernelStack given) {
    PatchAxis columns = givenColumns.ascending();
    KernelStack kernels = given.along(rows, columns);
    PackedPanels panels = panels(kernels);
    int tasks = Math.ceilDiv(images * rows.outputs().count(), linesOfATask(columns, panels));
    PatchRow row = new PatchRow(columns, kernels.channels());
    long bytes = new PaddedRows(rows, row, panels.panelWidth()).bytes();
    return PackedKernels.memoryOf(kernels, panels, memory)
        .plus(KernelMemory.scratch(workers.scratchBytes(tasks, bytes)));
  }

  private static int linesOfATask(PatchAxis columns, PackedPanels panels) {
    return Math.ceilDiv(
        ELEMENTS_OF_A_TASK, Math.max(1, columns.outputs().count() * panels.columns()));
  }

  @Override
  public void run(
      ChannelsLastImage image,
      PatchAxis rows,
      PatchAxis givenColumns,
      KernelStack given,
      @Nullable View bias,
      ImageSink.Activation activation,
      View result) {
    PatchAxis columns = givenColumns.ascending();
    KernelStack kernels = given.along(rows, columns);
    PackedPanels panels = panels(kernels);
    int panelWidth = panels.panelWidth();
    ImageSink sink = new ImageSink(rows, columns, PixelStrides.of(result), activation, panelWidth);
    PatchRow row = new PatchRow(columns, kernels.channels());
    PaddedRows padded = new PaddedRows(rows, row, panelWidth);
    PackedKernels packed = PackedKernels.of(kernels, panels, memory, workers);
    try (Zeros zeros = new Zeros(memory, panelWidth);
        BiasRows biasRow = new BiasRows(bias, 1, panelWidth, memory)) {
      workers.forRange(
          (long) result.shape().dim(0) * rows.outputs().count(),
          linesOfATask(columns, panels),
          memory,
          padded.bytes(),
          (start, end, scratch) -> {
            for (long line = start; line < end; line++) {
              padded.copy(image, Math.toIntExact(line), scratch);
              for (int column = 0; column < kernels.columns(); column += panelWidth) {
                long first = bias == null ? zeros.address() : biasRow.address(0, column);
                long weights = packed.address(0) + (long) column * kernels.depth() * Float.BYTES;
                Panel panel = new Panel(padded, sink, kernels, column, weights, first);
                panel.run(Addresses.of(result), Math.toIntExact(line), scratch);
              }
            }
          });
    } finally {
      packed.finish();
    }
  }

  /**
   * Neighbouring channels of the result.
   *
   * @param column the first of them
   * @param weights address of the panel of weights
   * @param first address of what the sums begin with
   */
  private record Panel(
      PaddedRows padded,
      ImageSink sink,
      KernelStack kernels,
      int column,
      long weights,
      long first) {

    /** Computes the channels of a line of pixels from padded rows. */
    void run(long result, int line, long scratch) {
      int width = sink.columns().outputs().count();
      int tileRows = MatmulKernel.tileRows(sink.panelWidth());
      boolean whole = kernels.columns() - column >= sink.panelWidth();
      int inTiles = whole ? width / tileRows * tileRows : 0;
      int block = TILES_OF_A_BLOCK * tileRows;
      for (int start = 0; start < inTiles; start += block) {
        ShallowKernel.Target target = sink.target(result, line * width + start, column);
        multiply(start, Math.min(block, inTiles - start), scratch, target);
      }
      if (inTiles > 0) {
        // After the whole line: what was just written is still on its way to the cache.
        sink.finish(sink.target(result, line * width, column), inTiles);
      }
      long sums = padded.sums(scratch);
      Workspace workspace = new Workspace(0, 0, sums, padded.table(scratch), 0);
      for (int start = inTiles; start < width; start += block) {
        int count = Math.min(block, width - start);
        long stride = (long) sink.panelWidth() * Float.BYTES;
        ShallowKernel.Target target =
            new ShallowKernel.Target(sums, stride, Float.NEGATIVE_INFINITY);
        multiply(start, Math.ceilDiv(count, tileRows) * tileRows, scratch, target);
        int channels = Math.min(sink.panelWidth(), kernels.columns() - column);
        sink.store(result, line * width + start, count, column, channels, sums, workspace);
      }
    }

    private void multiply(int start, int count, long scratch, ShallowKernel.Target target) {
      long table = padded.table(scratch);
      AddressTable.spaced(
          table, padded.rows().taps().count(), padded.place(scratch, start), padded.rowBytes());
      ShallowKernel.multiply(
          sink.panelWidth(),
          table,
          padded.rows().taps().count(),
          padded.row().outputBytes(),
          sink.columns().taps().count() * kernels.channels(),
          count,
          weights,
          first,
          target);
    }
  }
}
