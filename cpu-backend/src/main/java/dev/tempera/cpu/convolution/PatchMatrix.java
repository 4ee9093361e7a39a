package dev.tempera.cpu.convolution;

import dev.tempera.cpu.product.BlockProduct;
import dev.tempera.cpu.product.LeftFactor;
import dev.tempera.cpu.product.RightFactor;
import dev.tempera.cpu.product.Workspace;
import dev.tempera.cpu.simd.AddressTable;
import dev.tempera.cpu.simd.MatmulKernel;
import dev.tempera.cpu.simd.RowLoops;

/**
 * The patches of images that a kernel meets, as a matrix that is never stored as a whole: one row
 * for each output pixel, one column for each tap of the kernel and channel (channels fastest). As a
 * left factor it gives a convolution; as a right one, the gradient of its weights.
 */
final class PatchMatrix implements LeftFactor, RightFactor {
  private static final long ROW_BYTES = BlockProduct.DEPTH * (long) Float.BYTES;

  private final PatchAxis rows;
  private final PatchAxis columns;
  private final int channels;
  private final ChannelsLastImage image;
  private final long zeros;
  private final int panelWidth;

  /**
   * Patches of images whose channels lie side by side.
   *
   * @param channels how many of them a patch has
   * @param zeros address of as many zeros as a packed row has elements
   * @param panelWidth columns of a panel where this is a right factor
   */
  PatchMatrix(
      PatchAxis rows,
      PatchAxis columns,
      int channels,
      ChannelsLastImage image,
      long zeros,
      int panelWidth) {
    this.rows = rows;
    this.columns = columns;
    this.channels = channels;
    this.image = image;
    this.zeros = zeros;
    this.panelWidth = panelWidth;
  }

  /** Columns: taps times channels. */
  int depth() {
    return Math.multiplyExact(
        Math.multiplyExact(rows.taps().count(), columns.taps().count()), channels);
  }

  @Override
  public long rowStride() {
    return ROW_BYTES;
  }

  @Override
  public long depthStride() {
    return Float.BYTES;
  }

  @Override
  public void pack(long base, int row, int count, int start, int depth, Workspace workspace) {
    pack(base, row, count, start, depth, workspace.left(), ROW_BYTES, workspace.table());
    int tileRows = MatmulKernel.tileRows(panelWidth);
    AddressTable.spaced(
        workspace.tiles(), Math.ceilDiv(count, tileRows), workspace.left(), tileRows * ROW_BYTES);
  }

  @Override
  public long panel(long base, int start, int depth, int column, int count, Workspace workspace) {
    long target = workspace.right();
    long rowBytes = (long) panelWidth * Float.BYTES;
    pack(base, start, depth, column, count, target, rowBytes, workspace.table());
    return target;
  }

  /**
   * Copies part of the matrix.
   *
   * @param base address of the first channel of the first pixel
   * @param table memory for an address for each pixel
   */
  void pack(
      long base,
      int pixel,
      int pixels,
      int column,
      int count,
      long target,
      long targetStride,
      long table) {
    if (image.bits() == 0 && kernelRowsLieTogether()) {
      packKernelRows(base, pixel, pixels, column, count, target, targetStride);
    } else {
      packTaps(base, pixel, pixels, column, count, target, targetStride, table);
    }
  }

  /** Whether what the taps of one kernel row meet lies side by side without gaps. */
  private boolean kernelRowsLieTogether() {
    return columns.tapStep() == 1 && image.strides().pixel() == (long) channels * Float.BYTES;
  }

  /** Copies part of the matrix, whole rows of the kernel at once. */
  private void packKernelRows(
      long base, int pixel, int pixels, int column, int count, long target, long targetStride) {
    int kernelRow = columns.taps().count() * channels;
    int width = columns.outputs().count();
    int height = rows.outputs().count();
    int end = column + count;
    for (int at = column; at < end; ) {
      int length = Math.min(kernelRow - at % kernelRow, end - at);
      long place = target + (long) (at - column) * Float.BYTES;
      for (int done = 0; done < pixels; ) {
        int line = (pixel + done) / width;
        int start = (pixel + done) % width;
        int run = Math.min(width - start, pixels - done);
        int source = rows.source(at / kernelRow, line % height);
        long runPlace = place + done * targetStride;
        if (source < 0) {
          RowLoops.copy(zeros, 0, run, length, runPlace, targetStride);
        } else {
          PixelStrides strides = image.strides();
          long row = base + line / height * strides.image() + source * strides.row();
          packInRow(row, at % kernelRow, length, start, start + run, runPlace, targetStride);
        }
        done += run;
      }
      at += length;
    }
  }

  /**
   * Copies what part of a kernel row meets at neighbouring outputs of a row.
   *
   * @param first element of the kernel row
   * @param start the first output
   * @param end the output after the last
   */
  private void packInRow(
      long row, int first, int length, int start, int end, long target, long targetStride) {
    int lastTap = (first + length - 1) / channels;
    int inside = Math.clamp(columns.outputAt(first / channels, 0), start, end);
    int outside = Math.clamp(columns.outputAt(lastTap, columns.length()), inside, end);
    packBeyond(row, first, length, start, inside, target, targetStride);
    RowLoops.copy(
        elementOf(row, columns.position(0, inside), first),
        columns.outputStep() * image.strides().pixel(),
        outside - inside,
        length,
        target + (inside - start) * targetStride,
        targetStride);
    packBeyond(
        row, first, length, outside, end, target + (outside - start) * targetStride, targetStride);
  }

  /** Copies the same where some taps meet what lies beyond the ends of the row. */
  private void packBeyond(
      long row, int first, int length, int start, int end, long target, long targetStride) {
    for (int output = start; output < end; output++) {
      long place = target + (output - start) * targetStride;
      for (int at = first; at < first + length; ) {
        int channel = at % channels;
        int piece = Math.min(channels - channel, first + length - at);
        int source = columns.source(at / channels, output);
        long from = source < 0 ? zeros : elementOf(row, source, channel);
        RowLoops.copy(from, 0, 1, piece, place + (long) (at - first) * Float.BYTES, 0);
        at += piece;
      }
    }
  }

  /** The address of an element so far from the first channel of a pixel in a row of pixels. */
  private long elementOf(long row, int pixel, int element) {
    return row + ((long) pixel * channels + element) * Float.BYTES;
  }

  /** Copies part of the matrix, tap by tap. */
  private void packTaps(
      long base,
      int pixel,
      int pixels,
      int column,
      int count,
      long target,
      long targetStride,
      long table) {
    int end = column + count;
    for (int at = column; at < end; ) {
      int tap = at / channels;
      int channel = at % channels;
      int length = Math.min(channels - channel, end - at);
      locate(base + (long) channel * Float.BYTES, pixel, pixels, tap, table);
      long place = target + (long) (at - column) * Float.BYTES;
      if (image.bits() == 0) {
        RowLoops.collect(table, pixels, length, place, targetStride);
      } else {
        RowLoops.collectMasked(
            table, pixels, length, place, targetStride, image.address(), image.bits(), zeros);
      }
      at += length;
    }
  }

  /** Writes the addresses of what a tap meets at neighbouring output pixels. */
  void locate(long base, int pixel, int pixels, int tap, long table) {
    int tapRow = tap / columns.taps().count();
    int tapColumn = tap % columns.taps().count();
    int width = columns.outputs().count();
    int height = rows.outputs().count();
    for (int done = 0; done < pixels; ) {
      int line = (pixel + done) / width;
      int column = (pixel + done) % width;
      int run = Math.min(width - column, pixels - done);
      int source = rows.source(tapRow, line % height);
      long entry = table + (long) done * Long.BYTES;
      if (source < 0) {
        AddressTable.spaced(entry, run, zeros, 0);
      } else {
        PixelStrides strides = image.strides();
        long row = base + line / height * strides.image() + source * strides.row();
        locateInRow(row, tapColumn, column, column + run, entry);
      }
      done += run;
    }
  }

  /** Writes the addresses of what a tap meets at the outputs of a row, from start to end. */
  private void locateInRow(long row, int tap, int start, int end, long table) {
    int inside = Math.clamp(columns.outputAt(tap, 0), start, end);
    int outside = Math.clamp(columns.outputAt(tap, columns.length()), inside, end);
    long stride = image.strides().pixel();
    long first = row + columns.position(tap, inside) * stride;
    long insideTable = table + (long) (inside - start) * Long.BYTES;
    long outsideTable = table + (long) (outside - start) * Long.BYTES;
    locateBeyond(row, tap, start, inside, table);
    AddressTable.spaced(insideTable, outside - inside, first, columns.outputStep() * stride);
    locateBeyond(row, tap, outside, end, outsideTable);
  }

  /** Writes the addresses of what a tap meets beyond the ends of a row. */
  private void locateBeyond(long row, int tap, int start, int end, long table) {
    for (int i = start; i < end; i++) {
      int source = columns.source(tap, i);
      long entry = source < 0 ? zeros : row + source * image.strides().pixel();
      AddressTable.spaced(table + (long) (i - start) * Long.BYTES, 1, entry, 0);
    }
  }
}
