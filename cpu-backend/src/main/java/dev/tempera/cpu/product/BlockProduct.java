package dev.tempera.cpu.product;

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
 * @param panelWidth columns of a panel
 */
public record BlockProduct(LeftFactor left, RightFactor right, int panelWidth) {
  /** Inner indices of a piece: as many as keep a panel of the right factor in the first cache. */
  public static final int DEPTH = 128;

  /** Where the operands of one product of a stack begin. */
  public record Bases(long left, long right, long result) {}

  /** A block of the result and the part of the inner dimension that is summed. */
  public record Block(int row, int rows, int column, int columns, int start, int end) {}

  /**
   * Computes a block.
   *
   * @param bias address of what the sums of each column begin with, as many as the columns padded
   *     to whole panels; 0 for zeros
   */
  public void run(Bases bases, Block block, long bias, BlockSink sink, Workspace workspace) {
    int tileRows = MatmulKernel.tileRows(panelWidth);
    int paddedRows = Math.ceilDiv(block.rows, tileRows) * tileRows;
    long panelBytes = (long) paddedRows * panelWidth * Float.BYTES;
    begin(block, bias, paddedRows, workspace);
    for (int start = block.start; start < block.end; start += DEPTH) {
      int depth = Math.min(DEPTH, block.end - start);
      left.pack(bases.left, block.row, block.rows, start, depth, workspace);
      long sums = workspace.sums();
      for (int i = 0; i < block.columns; i += panelWidth) {
        int columns = Math.min(panelWidth, block.columns - i);
        long panel = right.panel(bases.right, start, depth, block.column + i, columns, workspace);
        multiply(workspace.left(), panel, sums, paddedRows, depth);
        sums += panelBytes;
      }
    }
    long sums = workspace.sums();
    for (int i = 0; i < block.columns; i += panelWidth) {
      int columns = Math.min(panelWidth, block.columns - i);
      sink.store(bases.result, block.row, block.rows, block.column + i, columns, sums, workspace);
      sums += panelBytes;
    }
  }

  private void begin(Block block, long bias, int paddedRows, Workspace workspace) {
    long sums = workspace.sums();
    for (int i = 0; i < block.columns; i += panelWidth) {
      long start = bias == 0 ? 0 : bias + (long) (block.column + i) * Float.BYTES;
      beginPanel(start, paddedRows, panelWidth, sums);
      sums += (long) paddedRows * panelWidth * Float.BYTES;
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

  private void multiply(long packed, long panel, long sums, int paddedRows, int depth) {
    long rowStride = left.rowStride();
    long depthStride = left.depthStride();
    int tileRows = MatmulKernel.tileRows(panelWidth);
    long leftTile = tileRows * rowStride;
    long sumsTile = (long) tileRows * panelWidth * Float.BYTES;
    for (int row = 0; row < paddedRows; row += tileRows) {
      MatmulKernel.accumulate(panelWidth, packed, rowStride, depthStride, panel, sums, depth);
      packed += leftTile;
      sums += sumsTile;
    }
  }
}
