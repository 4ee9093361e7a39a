package dev.tempera.cpu.norm;

import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;

/**
 * Two sums for each cell of a {@link NormGeometry}. Long cells are cut into chunks that depend on
 * the geometry alone, and what they give is added in their order.
 */
final class CellSums implements AutoCloseable {
  /** Elements of a chunk, about. */
  private static final int CHUNK = 1 << 15;

  /** Rows of a chunk of columns, at least. */
  private static final int LEAST_ROWS = 64;

  /** Cells whose few numbers one task works out. */
  static final int CELLS_OF_A_TASK = 1 << 10;

  /** Bytes in which a loop adds up the lanes of a vector. */
  private static final long LANES = 128;

  private final NormGeometry geometry;
  private final int width;
  private final DoubleTable sums;

  private CellSums(NormGeometry geometry, int width, DoubleTable sums) {
    this.geometry = geometry;
    this.width = width;
    this.sums = sums;
  }

  /** Adds up what one kind of cells is made of. */
  interface Loops {
    /**
     * Adds up neighbouring elements of a cell.
     *
     * @param cell counted through all rows of cells
     * @param start the first of the elements
     * @param sums address where two float64 numbers are written
     * @param lanes address of memory for two vectors
     */
    void run(int cell, long start, long count, long sums, long lanes);

    /**
     * Adds up neighbouring rows of elements, one for each cell of a row of cells.
     *
     * @param row of cells
     * @param start the first of the rows of elements
     * @param sums address where two rows of float64 numbers are written
     */
    void columns(int row, long start, int count, long sums);
  }

  /** The sums of all cells. */
  static CellSums of(NormGeometry geometry, Loops loops, CpuMemory memory, Workers workers) {
    boolean inColumns = geometry.kind() == NormGeometry.Kind.COLUMNS;
    int columns = geometry.cellColumns();
    long cells = (long) geometry.cellRows() * columns;
    long elements = geometry.cellElements();
    long chunk = inColumns ? Math.max(CHUNK / columns, LEAST_ROWS) : CHUNK;
    int chunks = Math.toIntExact(Math.ceilDiv(elements, chunk));
    int width = inColumns ? columns : 1;
    DoubleTable parts = DoubleTable.of(memory, 2 * cells * chunks);
    long units = cells / width * chunks;
    long each = inColumns ? CHUNK : Math.min(elements, chunk);
    workers.forRange(
        units,
        Math.max(CHUNK / each, 1),
        memory,
        LANES,
        (first, end, lanes) -> {
          for (long part = first; part < end; part++) {
            int unit = (int) (part / chunks);
            long start = part % chunks * chunk;
            long count = Math.min(chunk, elements - start);
            long to = parts.address(2 * part * width);
            if (inColumns) {
              loops.columns(unit, start, (int) count, to);
            } else {
              loops.run(unit, start, count, to, lanes);
            }
          }
        });
    return new CellSums(
        geometry, width, chunks == 1 ? parts : added(parts, cells, chunks, width, memory, workers));
  }

  /** What chunks gave, added in their order. */
  private static DoubleTable added(
      DoubleTable parts, long cells, int chunks, int width, CpuMemory memory, Workers workers) {
    DoubleTable sums = DoubleTable.of(memory, 2 * cells);
    workers.forRange(
        2 * cells,
        CELLS_OF_A_TASK,
        (first, end) -> {
          for (long place = first; place < end; place++) {
            long unit = place / (2L * width);
            double sum = 0;
            for (int i = 0; i < chunks; i++) {
              sum += parts.get((unit * chunks + i) * 2 * width + place % (2L * width));
            }
            sums.set(place, sum);
          }
        });
    parts.close();
    return sums;
  }

  /** The first sum of a cell. */
  double first(int row, int column) {
    return sums.get(place(row, column));
  }

  /** The second sum of a cell. */
  double second(int row, int column) {
    return sums.get(place(row, column) + width);
  }

  /** Cells that are added up side by side have their first sums side by side, then the second. */
  private long place(int row, int column) {
    long cell = (long) row * geometry.cellColumns() + column;
    return cell / width * 2 * width + cell % width;
  }

  @Override
  public void close() {
    sums.close();
  }
}
