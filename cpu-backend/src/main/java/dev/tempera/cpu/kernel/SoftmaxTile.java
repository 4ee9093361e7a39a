package dev.tempera.cpu.kernel;

import dev.tempera.cpu.simd.CopyLoops;
import dev.tempera.cpu.simd.Lanes;
import dev.tempera.cpu.simd.RowLoops;
import dev.tempera.cpu.simd.SoftmaxLoops;

/**
 * Lines that one task does together: rows of elements evenly spaced in memory, with one sum for
 * each column, or one sum for all if the rows are pieces of one line.
 *
 * @param rows how many
 * @param step bytes from one row to the next
 * @param width elements of a row
 * @param lastWidth elements of the last row
 * @param isOneLine whether all elements belong to one sum
 * @param scratch address of {@link #SCRATCH_BYTES} to work in
 */
record SoftmaxTile(int rows, long step, int width, int lastWidth, boolean isOneLine, long scratch) {
  private static final long ROW_BYTES = SoftmaxLoops.WIDTH * 4L;

  /** Memory that a tile is worked on in: levels, parameters, a buffer, and sums. */
  static final long SCRATCH_BYTES = 5 * ROW_BYTES;

  /** What is done with each row. */
  @FunctionalInterface
  interface RowTask {
    /**
     * Does a row.
     *
     * @param place bytes from the tile's first element
     * @param count elements of the row
     */
    void run(long place, int count);
  }

  /** A tile of neighbouring lines whose elements lie in rows. */
  static SoftmaxTile ofColumns(int length, long step, int width, long scratch) {
    return new SoftmaxTile(length, step, width, width, false, scratch);
  }

  /** A tile of one line whose elements are neighbours. */
  static SoftmaxTile ofLine(int length, long scratch) {
    int rows = Math.ceilDiv(length, SoftmaxLoops.WIDTH);
    int lastWidth = length - (rows - 1) * SoftmaxLoops.WIDTH;
    int width = Math.min(length, SoftmaxLoops.WIDTH);
    return new SoftmaxTile(rows, ROW_BYTES, width, lastWidth, true, scratch);
  }

  /** The row of largest numbers. */
  long levels() {
    return scratch;
  }

  /** The row of what sums were turned into. */
  long parameters() {
    return scratch + ROW_BYTES;
  }

  /** A row for other uses. */
  long buffer() {
    return scratch + 2 * ROW_BYTES;
  }

  private long sums() {
    return scratch + 3 * ROW_BYTES;
  }

  void forEachRow(RowTask task) {
    for (int row = 0; row < rows; row++) {
      task.run(row * step, row == rows - 1 ? lastWidth : width);
    }
  }

  /** Fills the levels with zeros. */
  void clearLevels() {
    RowLoops.fill(levels(), width, 0);
  }

  /** Fills the levels with the largest number of each column, or of all. */
  void findLevels(long x) {
    RowLoops.fill(levels(), width, Float.NEGATIVE_INFINITY);
    forEachRow((place, count) -> SoftmaxLoops.raise(levels(), x + place, count));
    if (isOneLine) {
      SoftmaxLoops.raiseAll(levels(), width);
    }
  }

  /** What adds a row to sums. */
  @FunctionalInterface
  interface Addition {
    /** Adds the terms of a row. */
    void add(long place, int count, long sums);
  }

  /** A function of a sum. */
  @FunctionalInterface
  interface SumFunction {
    /** The parameter that a sum is turned into. */
    float of(double sum, float level);
  }

  /** Adds up columns, or all, and turns sums into parameters. */
  void sum(Addition addition, SumFunction function) {
    CopyLoops.fill(sums(), (long) Math.ceilDiv(width, Lanes.COUNT) * Lanes.COUNT * 8, 0);
    forEachRow((place, count) -> addition.add(place, count, sums()));
    if (isOneLine) {
      double total = SoftmaxLoops.total(sums(), width);
      float parameter = function.of(total, SoftmaxLoops.get(levels(), 0));
      RowLoops.fill(parameters(), width, parameter);
      return;
    }
    for (int column = 0; column < width; column++) {
      float level = SoftmaxLoops.get(levels(), column);
      float parameter = function.of(SoftmaxLoops.sum(sums(), column), level);
      SoftmaxLoops.set(parameters(), column, parameter);
    }
  }
}
