package dev.tempera.cpu.product;

import dev.tempera.cpu.simd.AddressTable;
import dev.tempera.cpu.simd.RowLoops;

/**
 * A strided matrix as the left factor of a product. Pieces keep the matrix's own direction: rows
 * whose elements lie side by side stay rows, which are read in place if they make whole tiles, and
 * a transposed matrix stays transposed, so packing is a plain copy.
 */
public final class LeftMatrix implements LeftFactor {
  private static final long ROW_BYTES = BlockProduct.DEPTH * (long) Float.BYTES;

  private final long rowStride;
  private final long depthStride;
  private final boolean transposed;
  private final boolean readInPlace;
  private final long blockBytes;
  private final int tileRows;

  /**
   * A left factor.
   *
   * @param rowStride of the matrix, in bytes
   * @param depthStride of the matrix, in bytes
   * @param grid how the product is cut into blocks
   */
  public LeftMatrix(long rowStride, long depthStride, BlockGrid grid) {
    this.rowStride = rowStride;
    this.depthStride = depthStride;
    this.transposed = rowStride == Float.BYTES && depthStride != Float.BYTES;
    this.readInPlace =
        depthStride == Float.BYTES
            && rowStride > 0
            && grid.rows() % grid.tileRows() == 0
            && grid.columnBlock() > grid.panelWidth();
    this.blockBytes = (long) grid.rowBlock() * Float.BYTES;
    this.tileRows = grid.tileRows();
  }

  @Override
  public void pack(long base, int row, int rows, int start, int depth, Workspace workspace) {
    long source = base + row * rowStride + start * depthStride;
    long target = workspace.left();
    if (readInPlace) {
      target = source;
    } else if (transposed) {
      RowLoops.copy(source, depthStride, depth, rows, target, blockBytes);
    } else if (depthStride == Float.BYTES) {
      RowLoops.copy(source, rowStride, rows, depth, target, ROW_BYTES);
    } else {
      RowLoops.gather(source, rowStride, depthStride, rows, depth, target, ROW_BYTES);
    }
    AddressTable.spaced(
        workspace.tiles(), Math.ceilDiv(rows, tileRows), target, tileRows * rowStride());
  }

  @Override
  public long rowStride() {
    if (readInPlace) {
      return rowStride;
    }
    return transposed ? Float.BYTES : ROW_BYTES;
  }

  @Override
  public long depthStride() {
    return transposed ? blockBytes : Float.BYTES;
  }
}
