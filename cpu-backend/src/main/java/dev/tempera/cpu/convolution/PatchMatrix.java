package dev.tempera.cpu.convolution;

import dev.tempera.cpu.product.BlockProduct;
import dev.tempera.cpu.product.LeftFactor;
import dev.tempera.cpu.product.RightFactor;
import dev.tempera.cpu.product.Workspace;
import dev.tempera.cpu.simd.AddressTable;
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
  private final long[] rowOffsets;
  private final long[] columnOffsets;
  private final int channels;
  private final long imageStride;
  private final long zeros;
  private final int panelWidth;

  /**
   * Patches of images whose channels lie side by side.
   *
   * @param channels how many of them a patch has
   * @param strides bytes between images, between rows and between pixels
   * @param zeros address of as many zeros as a packed row has elements
   * @param panelWidth columns of a panel where this is a right factor
   */
  PatchMatrix(
      PatchAxis rows,
      PatchAxis columns,
      int channels,
      PixelStrides strides,
      long zeros,
      int panelWidth) {
    this.rows = rows;
    this.columns = columns;
    this.rowOffsets = rows.offsets(strides.row());
    this.columnOffsets = columns.offsets(strides.pixel());
    this.channels = channels;
    this.imageStride = strides.image();
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
    int end = column + count;
    for (int at = column; at < end; ) {
      int tap = at / channels;
      int channel = at % channels;
      int length = Math.min(channels - channel, end - at);
      locate(base + (long) channel * Float.BYTES, pixel, pixels, tap, table);
      long place = target + (long) (at - column) * Float.BYTES;
      RowLoops.collect(table, pixels, length, place, targetStride);
      at += length;
    }
  }

  /** Writes the addresses of what a tap meets at neighbouring output pixels. */
  void locate(long base, int pixel, int pixels, int tap, long table) {
    int tapRow = tap / columns.taps().count();
    int firstColumn = tap % columns.taps().count() * columns.outputs().count();
    int width = columns.outputs().count();
    for (int done = 0; done < pixels; ) {
      int line = (pixel + done) / width;
      int column = (pixel + done) % width;
      int run = Math.min(width - column, pixels - done);
      long rowOffset = rowOffsets[tapRow * rows.outputs().count() + line % rows.outputs().count()];
      long entry = table + (long) done * Long.BYTES;
      if (rowOffset < 0) {
        AddressTable.spaced(entry, run, zeros, 0);
      } else {
        long row = base + line / rows.outputs().count() * imageStride + rowOffset;
        AddressTable.mapped(entry, run, row, columnOffsets, firstColumn + column, zeros);
      }
      done += run;
    }
  }
}
