package dev.tempera.cpu.convolution;

import dev.tempera.cpu.simd.AddressTable;
import dev.tempera.cpu.simd.DotKernel;
import dev.tempera.cpu.simd.Lanes;
import dev.tempera.cpu.simd.RowLoops;

/**
 * Memory of a strip of outputs that a task walks down: copies of the image rows that the kernel
 * rows meet now, of which each is copied once and stays in the first cache while it is needed.
 *
 * @param rows which image rows the taps meet
 * @param row how rows are copied
 */
record NarrowStrip(PatchAxis rows, PatchRow row) {
  /** Most outputs side by side: enough that rows are read as long streams. */
  static final int WIDTH = 256;

  /** Outputs whose sums are computed at once. */
  static final int BLOCK = 32;

  private static final long CACHE_LINE = 64;

  /** Bytes of the memory that all of this takes. */
  long bytes() {
    return rowsStart() + slots() * rowBytes();
  }

  /** The address of a table of an address for each kernel row, or for each output of a block. */
  long table(long memory) {
    return memory;
  }

  /** The address of sums whose lanes are not yet added. */
  long vectors(long memory) {
    int entries = Math.max(BLOCK, rows.taps().count());
    return memory + Math.ceilDiv(entries * (long) Long.BYTES, CACHE_LINE) * CACHE_LINE;
  }

  /** The address of the sums of a block. */
  long sums(long memory) {
    return vectors(memory) + (long) BLOCK * DotKernel.COLUMNS * Lanes.BYTES;
  }

  private long rowsStart() {
    return sums(0) + (long) BLOCK * DotKernel.COLUMNS * Float.BYTES;
  }

  private long rowBytes() {
    long elements = (long) row.pixels(WIDTH) * row.channels();
    return Math.ceilDiv(elements * Float.BYTES, CACHE_LINE) * CACHE_LINE;
  }

  /** As many rows as lie between the first tap and the last. */
  private int slots() {
    return Math.max(0, rows.taps().count() - 1) * Math.abs(rows.tapStep()) + 1;
  }

  private long slot(long memory, int position) {
    return memory + rowsStart() + Math.floorMod(position, slots()) * rowBytes();
  }

  /** Makes rows that are shorter than the strip readable to its end. */
  void clear(long memory) {
    RowLoops.fill(memory + rowsStart(), (int) (slots() * rowBytes() / Float.BYTES), 0);
  }

  /**
   * Copies the rows that are met at a row of outputs and were not at the one before.
   *
   * @param first address of the image
   * @param line the row of outputs
   * @param isFirst whether no row was copied before
   * @param output the first of neighbouring outputs
   * @param outputs how many, at most {@link #WIDTH}
   */
  void advance(
      ChannelsLastImage image,
      long first,
      int line,
      boolean isFirst,
      int output,
      int outputs,
      long memory) {
    for (int tap = 0; tap < rows.taps().count(); tap++) {
      int position = rows.position(tap, line);
      if (isFirst || !isMet(position, line - 1)) {
        int source = rows.source(tap, line);
        long from = source < 0 ? 0 : first + source * image.strides().row();
        row.copy(image, from, output, outputs, slot(memory, position));
      }
    }
  }

  /**
   * Writes the table of what the kernel rows meet.
   *
   * @param line the row of outputs
   * @param output the first output of a block, counted from the strip's first
   */
  void locate(int line, int output, long memory) {
    for (int tap = 0; tap < rows.taps().count(); tap++) {
      long place = slot(memory, rows.position(tap, line)) + output * row.outputBytes();
      AddressTable.spaced(table(memory) + tap * (long) Long.BYTES, 1, place, 0);
    }
  }

  private boolean isMet(int position, int line) {
    for (int tap = 0; tap < rows.taps().count(); tap++) {
      if (rows.position(tap, line) == position) {
        return true;
      }
    }
    return false;
  }
}
