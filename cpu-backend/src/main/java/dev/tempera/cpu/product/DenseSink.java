package dev.tempera.cpu.product;

import dev.tempera.cpu.simd.RowLoops;

/**
 * Writes sums to a row-major matrix.
 *
 * @param rowStride bytes between rows of the matrix
 * @param panelWidth columns of a panel
 */
public record DenseSink(long rowStride, int panelWidth) implements BlockSink {
  @Override
  public void store(
      long base, int row, int rows, int column, int columns, long sums, Workspace workspace) {
    long target = base + row * rowStride + (long) column * Float.BYTES;
    RowLoops.copy(sums, (long) panelWidth * Float.BYTES, rows, columns, target, rowStride);
  }
}
