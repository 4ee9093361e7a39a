package dev.tempera.cpu.convolution;

import dev.tempera.cpu.product.BlockSink;
import dev.tempera.cpu.product.Workspace;
import dev.tempera.cpu.simd.AddressTable;
import dev.tempera.cpu.simd.EpilogueLoops;
import dev.tempera.cpu.simd.MaskBits;
import dev.tempera.cpu.simd.ShallowKernel;

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
  /**
   * What is done to sums before they are written.
   *
   * @param relu whether negative ones become 0
   * @param bits address of the ReLU's mask; 0 for none. Panels are then whole and the images dense
   * @param image address of the images that the mask belongs to
   * @param adds whether they are added to what the images hold, without a bias; only algorithms
   *     that say so do that
   */
  record Activation(boolean relu, long bits, long image, boolean adds) {
    /** Nothing. */
    static final Activation NONE = new Activation(false, 0, 0, false);

    /** They are added to what the images hold. */
    static final Activation ADDITION = new Activation(false, 0, 0, true);

    /** A ReLU, perhaps with a mask. */
    Activation(boolean relu, long bits, long image) {
      this(relu, bits, image, false);
    }
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
      long bits = bitsOf(base + row * strides.pixel() + offset);
      EpilogueLoops.storeReluBits(sums, panelWidth, count, table, offset, bits, bitsStride());
    }
  }

  /**
   * Where a kernel writes finished sums itself, from a whole panel of neighbouring pixels of one
   * row; {@link #finish} follows.
   *
   * @param base address of the images
   * @param pixel the first pixel
   * @param column the first channel
   */
  ShallowKernel.Target target(long base, int pixel, int column) {
    long address = address(base, pixel) + (long) column * Float.BYTES;
    long stride = columns.outputs().step() * strides.pixel();
    return new ShallowKernel.Target(address, stride, activation.relu ? 0 : Float.NEGATIVE_INFINITY);
  }

  /** Writes the bits of pixels that a kernel has written, if there is a mask. */
  void finish(ShallowKernel.Target target, int pixels) {
    if (activation.bits != 0) {
      EpilogueLoops.writeBits(
          target.address(),
          target.stride(),
          panelWidth,
          pixels,
          bitsOf(target.address()),
          bitsStride());
    }
  }

  /** The address of the bits of an element of the images, the first of a group of eight. */
  private long bitsOf(long element) {
    return activation.bits + MaskBits.offset(element - activation.image);
  }

  private long bitsStride() {
    return MaskBits.offset(strides.pixel());
  }

  private void locate(long base, int pixel, int pixels, long table) {
    int width = columns.outputs().count();
    long step = columns.outputs().step() * strides.pixel();
    for (int done = 0; done < pixels; ) {
      int run = Math.min(width - (pixel + done) % width, pixels - done);
      long first = address(base, pixel + done);
      AddressTable.spaced(table + (long) done * Long.BYTES, run, first, step);
      done += run;
    }
  }

  /** The address of a pixel, counted among those that are written. */
  private long address(long base, int pixel) {
    int line = pixel / columns.outputs().count();
    int row = at(rows.outputs(), line % rows.outputs().count());
    int column = at(columns.outputs(), pixel % columns.outputs().count());
    return base
        + line / rows.outputs().count() * strides.image()
        + row * strides.row()
        + column * strides.pixel();
  }

  private static int at(Progression positions, int index) {
    return positions.first() + index * positions.step();
  }
}
