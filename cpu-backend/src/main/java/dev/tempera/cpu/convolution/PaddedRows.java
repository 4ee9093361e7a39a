package dev.tempera.cpu.convolution;

import dev.tempera.cpu.simd.MatmulKernel;
import dev.tempera.cpu.simd.RowLoops;

/**
 * Memory of a line of outputs: copies of the image rows that the kernel rows meet, a table of
 * addresses and a block of sums.
 *
 * @param row how rows are copied
 * @param panelWidth columns of a panel of sums
 */
record PaddedRows(PatchAxis rows, PatchRow row, int panelWidth) {
  /** Most pixels of a block of sums. */
  private static final int BLOCK = 64;

  private static final long CACHE_LINE = 64;

  /** Bytes of the memory that all of this takes. */
  long bytes() {
    return rowsStart() + rows.taps().count() * rowBytes();
  }

  /** The address of a table of as many addresses as a block has pixels, or the kernel rows. */
  long table(long memory) {
    return memory;
  }

  /** The address of a block of sums. */
  long sums(long memory) {
    return memory + aligned((long) Math.max(BLOCK, rows.taps().count()) * Long.BYTES);
  }

  private long rowsStart() {
    return sums(0) + aligned((long) BLOCK * panelWidth * Float.BYTES);
  }

  /** Where the first row has what the first tap meets at an output. */
  long place(long memory, int output) {
    return memory + rowsStart() + output * row.outputBytes();
  }

  /** Bytes from a row to the next, with what the last tile meets beyond the last output. */
  long rowBytes() {
    int tileRows = MatmulKernel.tileRows(panelWidth);
    int outputs = Math.ceilDiv(outputs(), tileRows) * tileRows;
    return aligned((long) row.pixels(outputs) * row.channels() * Float.BYTES);
  }

  private int outputs() {
    return row.columns().outputs().count();
  }

  /** Keeps what different threads write in different cache lines. */
  private static long aligned(long bytes) {
    return Math.ceilDiv(bytes, CACHE_LINE) * CACHE_LINE;
  }

  /**
   * Copies the rows that are met at a line of outputs.
   *
   * @param line counted through all images
   */
  void copy(ChannelsLastImage image, int line, long memory) {
    int height = rows.outputs().count();
    long first = image.address() + line / height * image.strides().image();
    long rowBytes = rowBytes();
    long copied = (long) row.pixels(outputs()) * row.channels() * Float.BYTES;
    for (int tap = 0; tap < rows.taps().count(); tap++) {
      long target = place(memory, 0) + tap * rowBytes;
      int source = rows.source(tap, line % height);
      long from = source < 0 ? 0 : first + source * image.strides().row();
      row.copy(image, from, 0, outputs(), target);
      RowLoops.fill(target + copied, (int) (rowBytes - copied) / Float.BYTES, 0);
    }
  }
}
