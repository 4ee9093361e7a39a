package dev.tempera.cpu.convolution;

import dev.tempera.cpu.product.BlockSink;
import dev.tempera.cpu.product.Workspace;
import dev.tempera.cpu.simd.AddressTable;
import dev.tempera.cpu.simd.EpilogueLoops;

/**
 * Writes the sums of a convolution to the pixels of images whose channels lie side by side.
 *
 * @param rows the rows it writes
 * @param columns the columns it writes
 * @param strides of the images
 * @param activation what is done to the sums
 * @param panelWidth columns of a panel
 */
record ImageSink(
    PatchAxis rows, PatchAxis columns, PixelStrides strides, Activation activation, int panelWidth)
    implements BlockSink {
  /** Elements whose bits fill as many bytes as one element. */
  private static final int ELEMENTS_OF_BITS = 32;

  /**
   * What is done to sums before they are written.
   *
   * @param relu whether negative ones become 0
   * @param bits address of the ReLU's mask; 0 for none. Panels are then whole and the images dense
   * @param image address of the images that the mask belongs to
   */
  record Activation(boolean relu, long bits, long image) {
    /** Nothing. */
    static final Activation NONE = new Activation(false, 0, 0);
  }

  @Override
  public void store(
      long base, int row, int count, int column, int channels, long sums, Workspace workspace) {
    long table = workspace.table();
    locate(base, row, count, table);
    long offset = (long) column * Float.BYTES;
    long sumsStride = (long) panelWidth * Float.BYTES;
    if (!activation.relu) {
      EpilogueLoops.store(sums, sumsStride, count, channels, table, offset);
    } else if (activation.bits == 0) {
      EpilogueLoops.storeRelu(sums, sumsStride, count, channels, table, offset);
    } else {
      long place = base + row * strides.pixel() + offset - activation.image;
      long bits = activation.bits + place / ELEMENTS_OF_BITS;
      long bitsStride = strides.pixel() / ELEMENTS_OF_BITS;
      EpilogueLoops.storeReluBits(sums, panelWidth, count, table, offset, bits, bitsStride);
    }
  }

  private void locate(long base, int pixel, int pixels, long table) {
    int width = columns.outputs().count();
    long origin =
        base + rows.outputs().first() * strides.row() + columns.outputs().first() * strides.pixel();
    long step = columns.outputs().step() * strides.pixel();
    for (int done = 0; done < pixels; ) {
      int line = (pixel + done) / width;
      int column = (pixel + done) % width;
      int run = Math.min(width - column, pixels - done);
      long row =
          origin
              + line / rows.outputs().count() * strides.image()
              + line % rows.outputs().count() * (rows.outputs().step() * strides.row());
      AddressTable.spaced(table + (long) done * Long.BYTES, run, row + column * step, step);
      done += run;
    }
  }
}
