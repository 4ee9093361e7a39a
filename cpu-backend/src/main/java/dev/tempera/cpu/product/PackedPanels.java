package dev.tempera.cpu.product;

import dev.tempera.cpu.runtime.Workers;

/**
 * A right factor packed as a whole: piece after piece of the inner dimension, panel after panel in
 * a piece. Used for factors that are met more than once and do not lie in memory as panels do.
 *
 * @param depth length of the inner dimension
 * @param columns how many
 * @param panelWidth columns of a panel
 */
public record PackedPanels(int depth, int columns, int panelWidth) implements RightFactor {
  /** Bytes of the packed factor. */
  public long bytes() {
    return (long) depth * paddedColumns() * Float.BYTES;
  }

  private int paddedColumns() {
    return Math.ceilDiv(columns, panelWidth) * panelWidth;
  }

  @Override
  public long panel(
      long base, int start, int pieceDepth, int column, int pieceColumns, Workspace workspace) {
    long piece = (long) start * paddedColumns();
    return base + (piece + (long) pieceDepth * column) * Float.BYTES;
  }

  /** Packs a factor into memory of {@link #bytes} bytes. */
  public void pack(Workers workers, RightFactor source, long sourceBase, long target) {
    int panels = paddedColumns() / panelWidth;
    int pieces = Math.ceilDiv(depth, BlockProduct.DEPTH);
    workers.run(
        Math.multiplyExact(panels, pieces),
        task -> {
          int start = task / panels * BlockProduct.DEPTH;
          int pieceDepth = Math.min(BlockProduct.DEPTH, depth - start);
          int column = task % panels * panelWidth;
          int pieceColumns = Math.min(panelWidth, columns - column);
          long place = panel(target, start, pieceDepth, column, pieceColumns, Workspace.NONE);
          source.panel(
              sourceBase, start, pieceDepth, column, pieceColumns, Workspace.packingTo(place));
        });
  }
}
