package dev.tempera.cpu.kernel;

import dev.tempera.cpu.simd.CopyLoops;

/**
 * Cuts a copy between two memory orders into rectangles that fit the cache: columns run along the
 * axis that is fastest in the first view (the target), rows along the one that is fastest in the
 * second (the source).
 */
final class TransposedTiles {
  /** Elements of a rectangle. */
  private static final int TILE = 1 << 13;

  /** The side of a rectangle, if the axes are long enough. */
  private static final int SIDE = 64;

  private final JointAxes axes;
  private final int rowAxis;
  private final int columnAxis;
  private final int size;
  private final int rows;
  private final int columns;
  private final long rowTiles;
  private final long columnTiles;

  /**
   * The rectangles of a copy.
   *
   * @param rowAxis the axis that is fastest in the source
   * @param size of an element in bytes
   */
  TransposedTiles(JointAxes axes, int rowAxis, int size) {
    this.axes = axes;
    this.rowAxis = rowAxis;
    this.columnAxis = axes.rank() - 1;
    this.size = size;
    long allRows = axes.length(rowAxis);
    long allColumns = axes.length(columnAxis);
    long shortest = Math.min(allRows, SIDE);
    this.columns = (int) Math.min(allColumns, TILE / shortest);
    this.rows = (int) Math.min(allRows, TILE / columns);
    this.rowTiles = Math.ceilDiv(allRows, rows);
    this.columnTiles = Math.ceilDiv(allColumns, columns);
  }

  /** How many rectangles there are. */
  int count() {
    long count = rowTiles * columnTiles;
    for (int axis = 0; axis < columnAxis; axis++) {
      count *= axis == rowAxis ? 1 : axes.length(axis);
    }
    return Math.toIntExact(count);
  }

  /** Copies one rectangle between views whose first elements are at these addresses. */
  void copy(int tile, long from, long to) {
    long rest = tile;
    long column = rest % columnTiles * columns;
    rest /= columnTiles;
    long row = rest % rowTiles * rows;
    rest /= rowTiles;
    long source = row * axes.second(rowAxis) + column * axes.second(columnAxis);
    long target = row * axes.first(rowAxis) + column * axes.first(columnAxis);
    for (int axis = columnAxis - 1; axis >= 0; axis--) {
      if (axis != rowAxis) {
        source += rest % axes.length(axis) * axes.second(axis);
        target += rest % axes.length(axis) * axes.first(axis);
        rest /= axes.length(axis);
      }
    }
    CopyLoops.rectangle(
        from + source * size,
        axes.second(rowAxis) * size,
        axes.second(columnAxis) * size,
        to + target * size,
        axes.first(rowAxis) * size,
        axes.first(columnAxis) * size,
        (int) Math.min(rows, axes.length(rowAxis) - row),
        (int) Math.min(columns, axes.length(columnAxis) - column),
        size);
  }
}
