package dev.tempera.cpu.convolution;

import dev.tempera.cpu.product.BlockGrid;

/**
 * How the numbers that kernels meet in images of few channels become rows of {@link
 * ShallowPatches}: those of a kernel row follow one another, and are as many as whole tiles have.
 *
 * @param rows which image rows the kernel rows meet
 * @param row what a kernel row meets at neighbouring outputs
 * @param tileRows rows of a tile
 */
record ShallowRows(PatchAxis rows, PatchRow row, int tileRows) {
  /** Panels of more would not stay in the first cache. */
  private static final int LONGEST_PIECE = 144;

  /** Outputs of a piece: the longest equal parts of a line. */
  static int pieceDepth(PatchAxis columns) {
    return EvenParts.longest(columns.outputs().count(), LONGEST_PIECE);
  }

  /** Outputs of a piece. */
  int pieceDepth() {
    return pieceDepth(row.columns());
  }

  /** How many there are. */
  int count() {
    return Math.multiplyExact(rows.taps().count(), ofAKernelRow());
  }

  /** How many belong to a kernel row. */
  int ofAKernelRow() {
    return Math.ceilDiv(row.columns().taps().count() * row.channels(), tileRows) * tileRows;
  }

  /** Bytes of a copy of what a kernel row meets, and the last tile beyond the last output. */
  long copyBytes() {
    return ((long) row.pixels(pieceDepth()) * row.channels() + tileRows) * Float.BYTES;
  }

  /** Bytes of the copies that a block works with. */
  long copyBytes(BlockGrid grid) {
    return (Math.ceilDiv(grid.rowBlock(), ofAKernelRow()) + 1) * copyBytes();
  }
}
