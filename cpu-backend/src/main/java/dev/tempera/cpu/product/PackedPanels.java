package dev.tempera.cpu.product;

import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.RowLoops;

/**
 * A right factor packed as a whole: piece after piece of the inner dimension, panel after panel in
 * a piece. Used for factors that are met more than once and do not lie in memory as panels do.
 *
 * @param depth length of the inner dimension
 * @param columns how many
 * @param panelWidth columns of a panel
 * @param pieceDepth inner indices of a piece
 */
public record PackedPanels(int depth, int columns, int panelWidth, int pieceDepth)
    implements RightFactor {
  /** A factor in the pieces that a {@link BlockProduct} asks for. */
  public PackedPanels(int depth, int columns, int panelWidth) {
    this(depth, columns, panelWidth, BlockProduct.DEPTH);
  }

  /** A factor in one piece, as a {@link dev.tempera.cpu.simd.ShallowKernel} reads it. */
  public static PackedPanels whole(int depth, int columns, int panelWidth) {
    return new PackedPanels(depth, columns, panelWidth, Math.max(1, depth));
  }

  /** Bytes of the packed factor. */
  public long bytes() {
    return (long) depth * paddedColumns() * Float.BYTES;
  }

  private int paddedColumns() {
    return Math.ceilDiv(columns, panelWidth) * panelWidth;
  }

  @Override
  public long panel(
      long base, int start, int length, int column, int pieceColumns, Workspace workspace) {
    long piece = (long) start * paddedColumns();
    return base + (piece + (long) length * column) * Float.BYTES;
  }

  /** Packs a factor into memory of {@link #bytes} bytes. */
  public void pack(Workers workers, RightFactor source, long sourceBase, long target) {
    int panels = paddedColumns() / panelWidth;
    int pieces = Math.ceilDiv(depth, pieceDepth);
    workers.run(
        Math.multiplyExact(panels, pieces),
        task -> {
          int start = task / panels * pieceDepth;
          int length = Math.min(pieceDepth, depth - start);
          int column = task % panels * panelWidth;
          int pieceColumns = Math.min(panelWidth, columns - column);
          long place = panel(target, start, length, column, pieceColumns, Workspace.NONE);
          Workspace workspace = Workspace.packingTo(place);
          long panel = source.panel(sourceBase, start, length, column, pieceColumns, workspace);
          if (panel != place) {
            RowLoops.copy(panel, 0, 1, length * panelWidth, place, 0);
          }
        });
  }
}
