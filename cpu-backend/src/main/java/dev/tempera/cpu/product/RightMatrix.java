package dev.tempera.cpu.product;

import dev.tempera.cpu.simd.RowLoops;

/**
 * A strided matrix as the right factor of a product.
 *
 * @param depthStride bytes between neighbouring inner indices
 * @param columnStride bytes between neighbouring columns
 * @param panelWidth columns of a panel
 */
public record RightMatrix(long depthStride, long columnStride, int panelWidth)
    implements RightFactor {
  /** Whether packing is a plain copy. */
  public boolean isCheap() {
    return columnStride == Float.BYTES;
  }

  /** Whether a panel of so many columns lies in the matrix as the micro-kernel reads it. */
  public boolean liesReady(int columns) {
    return isCheap() && columns == panelWidth && depthStride == (long) panelWidth * Float.BYTES;
  }

  @Override
  public long panel(long base, int start, int depth, int column, int columns, Workspace workspace) {
    long source = base + start * depthStride + column * columnStride;
    long target = workspace.right();
    long rowBytes = (long) panelWidth * Float.BYTES;
    if (liesReady(columns)) {
      return source;
    }
    if (isCheap()) {
      RowLoops.copy(source, depthStride, depth, columns, target, rowBytes);
    } else {
      RowLoops.gather(source, depthStride, columnStride, depth, columns, target, rowBytes);
    }
    return target;
  }
}
