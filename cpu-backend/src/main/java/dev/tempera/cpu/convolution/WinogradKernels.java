package dev.tempera.cpu.convolution;

import dev.tempera.backend.KernelMemory;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.RowLoops;
import dev.tempera.cpu.simd.WinogradWeightLoops;
import java.util.List;

/**
 * The weights of a 3×3 convolution transformed for F(4×4, 3×3): 36 matrices, one for each place in
 * a tile, each packed in panels of output channels for the micro-kernel.
 *
 * @param layout how the matrices lie
 * @param form the matrices
 */
record WinogradKernels(Layout layout, WeightForm form) {
  private static final int ROWS_OF_A_TASK = 16;

  /**
   * How the matrices lie.
   *
   * @param channels of the image: rows of a matrix
   * @param columns of a matrix: channels of the result
   * @param panelWidth columns of a panel
   */
  record Layout(int channels, int columns, int panelWidth) {
    /** How many panels a matrix has. */
    int panels() {
      return Math.ceilDiv(columns, panelWidth);
    }

    /** Bytes from a panel of a matrix to the next. */
    long panelBytes() {
      return (long) channels * panelWidth * Float.BYTES;
    }

    /** Bytes from a matrix to the next. */
    long matrixBytes() {
      return panels() * panelBytes();
    }

    /** Bytes of all matrices. */
    long bytes() {
      return WinogradTile.PLACES * matrixBytes();
    }
  }

  /** Transforms the weights, or finds them transformed. */
  static WinogradKernels of(KernelStack kernels, Layout layout, CpuMemory memory, Workers workers) {
    WeightForm form =
        WeightForm.of(
            kernels.weight().storage(),
            key(kernels, layout),
            layout.bytes(),
            memory,
            target -> transform(kernels, layout, target, memory, workers));
    return new WinogradKernels(layout, form);
  }

  /** Tells the form from others of the same weights. */
  private static Object key(KernelStack kernels, Layout layout) {
    return List.of(WinogradKernels.class, kernels.key(layout.panelWidth));
  }

  /** The memory that transformed weights take. */
  static KernelMemory memoryOf(KernelStack kernels, Layout layout, CpuMemory memory) {
    Object key = key(kernels, layout);
    return WeightForm.memoryOf(kernels.weight().storage(), key, layout.bytes(), memory);
  }

  private static void transform(
      KernelStack kernels, Layout layout, long target, CpuMemory memory, Workers workers) {
    int panelWidth = layout.panelWidth;
    KernelMatrix matrix = kernels.matrix(panelWidth);
    int rowBlocks = Math.ceilDiv(layout.channels, ROWS_OF_A_TASK);
    long plane = (long) ROWS_OF_A_TASK * panelWidth * Float.BYTES;
    workers.run(
        layout.panels() * rowBlocks,
        memory,
        (WinogradTile.TAPS + WinogradTile.SIZE) * WinogradTile.TAPS * plane,
        (task, scratch) -> {
          int panel = task / rowBlocks;
          int row = task % rowBlocks * ROWS_OF_A_TASK;
          int count = Math.min(ROWS_OF_A_TASK, layout.channels - row);
          int column = panel * panelWidth;
          int columnCount = Math.min(panelWidth, layout.columns - column);
          long corner =
              kernels.address(0) + row * matrix.channelStride() + column * matrix.columnStride();
          for (int tap = 0; tap < WinogradTile.TAPS * WinogradTile.TAPS; tap++) {
            int tapRow = tap / WinogradTile.TAPS;
            int tapColumn = tap % WinogradTile.TAPS;
            RowLoops.gather(
                corner + tapRow * matrix.tapRowStride() + tapColumn * matrix.tapStride(),
                matrix.channelStride(),
                matrix.columnStride(),
                count,
                columnCount,
                scratch + tap * plane,
                (long) panelWidth * Float.BYTES);
          }
          long place = target + panel * layout.panelBytes() + (long) row * panelWidth * Float.BYTES;
          transformBlock(scratch, plane, count * panelWidth, place, layout.matrixBytes());
        });
  }

  /**
   * Transforms nine planes of weights to 36.
   *
   * @param scratch address of the nine, followed by memory for eighteen
   */
  private static void transformBlock(
      long scratch, long plane, int count, long target, long targetStride) {
    long taps = WinogradTile.TAPS;
    long between = scratch + taps * taps * plane;
    for (int tapColumn = 0; tapColumn < taps; tapColumn++) {
      WinogradWeightLoops.transform(
          scratch + tapColumn * plane,
          taps * plane,
          count,
          between + tapColumn * plane,
          taps * plane);
    }
    for (int line = 0; line < WinogradTile.SIZE; line++) {
      WinogradWeightLoops.transform(
          between + line * taps * plane,
          plane,
          count,
          target + (long) line * WinogradTile.SIZE * targetStride,
          targetStride);
    }
  }

  /** Where the first matrix begins. */
  long address() {
    return form.address();
  }

  /** Ends a use. */
  void finish() {
    form.finish();
  }
}
