package dev.tempera.cpu.norm;

import dev.tempera.backend.NormGroups;
import dev.tempera.backend.NormOps;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/**
 * How the elements of (N, C, P) lie in memory, and the cells in which they are summed: a cell has
 * elements of one group only, and a group is made of whole cells.
 *
 * @param kind how elements lie
 * @param images N
 * @param channels C
 * @param pixels P
 * @param groups which elements are normalised together
 */
record NormGeometry(Kind kind, int images, int channels, int pixels, NormGroups groups) {
  /** How elements lie, and what a cell is. */
  enum Kind {
    /** The pixels of a channel side by side: a cell is a channel of an image. */
    PLANES,
    /** The channels of a pixel side by side: a cell is a channel of an image, or of all. */
    COLUMNS,
    /** One pixel an image, its channels side by side: a cell is a group of an image. */
    RUNS
  }

  /** The geometry in which a view is best worked on. */
  static NormGeometry of(View x, NormGroups groups) {
    Shape shape = x.shape();
    Kind kind;
    if (shape.dim(2) > 1 && NormOps.strides(x)[2] == 1) {
      kind = Kind.PLANES;
    } else if (shape.dim(2) == 1 && !groups.acrossBatch()) {
      kind = Kind.RUNS;
    } else {
      kind = Kind.COLUMNS;
    }
    return new NormGeometry(kind, shape.dim(0), shape.dim(1), shape.dim(2), groups);
  }

  /** Rows of cells: images, or one for all. */
  int cellRows() {
    return kind == Kind.COLUMNS && groups.acrossBatch() ? 1 : images;
  }

  /** Cells of a row. */
  int cellColumns() {
    return kind == Kind.RUNS ? groups.groups() : channels;
  }

  /** Elements of a cell. */
  long cellElements() {
    return switch (kind) {
      case PLANES -> pixels;
      case COLUMNS -> groups.acrossBatch() ? (long) images * pixels : pixels;
      case RUNS -> channelsOfGroup();
    };
  }

  /** Elements that are normalised together. */
  long groupElements() {
    return (long) channelsOfGroup() * pixels * (groups.acrossBatch() ? images : 1);
  }

  /** Channels that are normalised together. */
  int channelsOfGroup() {
    return channels / groups.groups();
  }

  /** The group of a channel of an image, counted through all rows of moments. */
  int group(int image, int channel) {
    return groups.row(image) * groups.groups() + channel / channelsOfGroup();
  }

  /** How many groups there are in all. */
  int groupCount() {
    return groups.groups() * (groups.acrossBatch() ? 1 : images);
  }

  /** What to do with each cell of a group. */
  @FunctionalInterface
  interface CellVisitor {
    void at(int row, int column);
  }

  /** Visits the cells of a group in a fixed order. */
  void forEachCell(int group, CellVisitor visitor) {
    int perGroup = cellColumns() / groups.groups();
    int first = group % groups.groups() * perGroup;
    int firstRow = groups.acrossBatch() ? 0 : group / groups.groups();
    int endRow = groups.acrossBatch() ? cellRows() : firstRow + 1;
    for (int row = firstRow; row < endRow; row++) {
      for (int column = first; column < first + perGroup; column++) {
        visitor.at(row, column);
      }
    }
  }
}
