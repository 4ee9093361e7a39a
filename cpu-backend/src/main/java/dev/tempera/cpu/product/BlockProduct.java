package dev.tempera.cpu.product;

import dev.tempera.cpu.simd.AddressTable;
import dev.tempera.cpu.simd.MatmulKernel;
import dev.tempera.cpu.simd.RowLoops;

/**
 * Computes blocks of a product of two factors that are packed piece by piece: for each piece of the
 * inner dimension a block of the left factor is packed once and meets panel after panel of the
 * right factor, while the sums stay in cache.
 *
 * <p>Each sum is a chain of fused multiply-adds in the order of the inner index, whatever the block
 * sizes, so results do not depend on how the work is cut.
 *
 * @param sink takes the sums
 * @param grid how the result is cut into blocks
 */
public record BlockProduct(LeftFactor left, RightFactor right, BlockSink sink, BlockGrid grid) {
  /**
   * Inner indices of a usual piece: as many as keep a panel of the right factor in the first cache.
   */
  public static final int DEPTH = 128;

  /**
   * Addresses of one product of a stack.
   *
   * @param left the left factor
   * @param right the right factor
   * @param result the result
   * @param bias what the sums of each column begin with, padded to whole panels; 0 for zeros
   */
  public record Bases(long left, long right, long result, long bias) {}

  /**
   * Computes a block.
   *
   * @param block its index in the grid
   * @param start the first inner index that is summed
   * @param end the one after the last
   */
  public void run(Bases bases, int block, int start, int end, Workspace workspace) {
    int row = grid.row(block);
    int rows = grid.rowsOf(block);
    int column = grid.column(block);
    int columns = grid.columnsOf(block);
    int panelWidth = grid.panelWidth();
    int paddedRows = grid.paddedRowsOf(block);
    long panelBytes = (long) paddedRows * panelWidth * Float.BYTES;
    long sums = workspace.sums();
    for (int i = 0; i < columns; i += panelWidth) {
      long bias = bases.bias == 0 ? 0 : bases.bias + (long) (column + i) * Float.BYTES;
      beginPanel(bias, paddedRows, panelWidth, sums);
      sums += panelBytes;
    }
    int pieceDepth = left.pieceDepth();
    for (int piece = start; piece < end; piece += pieceDepth) {
      int depth = Math.min(pieceDepth, end - piece);
      left.pack(bases.left, row, rows, piece, depth, workspace);
      sums = workspace.sums();
      for (int i = 0; i < columns; i += panelWidth) {
        int count = Math.min(panelWidth, columns - i);
        long panel = right.panel(bases.right, piece, depth, column + i, count, workspace);
        multiply(workspace.tiles(), panel, sums, paddedRows, depth);
        sums += panelBytes;
      }
    }
    sums = workspace.sums();
    for (int i = 0; i < columns; i += panelWidth) {
      int count = Math.min(panelWidth, columns - i);
      sink.store(bases.result, row, rows, column + i, count, sums, workspace);
      sums += panelBytes;
    }
  }

  /**
   * Sets a panel of sums to what they begin with.
   *
   * @param bias address of what every row begins with, as many numbers as a panel is wide; 0 for
   *     zeros
   */
  public static void beginPanel(long bias, int rows, int panelWidth, long sums) {
    if (bias == 0) {
      RowLoops.fill(sums, rows * panelWidth, 0);
    } else {
      RowLoops.copy(bias, 0, rows, panelWidth, sums, (long) panelWidth * Float.BYTES);
    }
  }

  private void multiply(long tiles, long panel, long sums, int paddedRows, int depth) {
    int panelWidth = grid.panelWidth();
    long rowStride = left.rowStride();
    long depthStride = left.depthStride();
    int tileRows = grid.tileRows();
    long sumsTile = (long) tileRows * panelWidth * Float.BYTES;
    for (int tile = 0; tile < paddedRows / tileRows; tile++) {
      long a = AddressTable.entry(tiles, tile);
      MatmulKernel.accumulate(panelWidth, a, rowStride, depthStride, panel, sums, sums, depth);
      sums += sumsTile;
    }
  }
}
