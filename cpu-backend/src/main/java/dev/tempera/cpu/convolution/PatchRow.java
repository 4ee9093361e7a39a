package dev.tempera.cpu.convolution;

import dev.tempera.cpu.simd.RowLoops;

/**
 * Copies what the taps of one kernel row meet at neighbouring outputs: pixels of an image row, with
 * what stands beyond its ends, so that kernels need not ask where they are.
 *
 * @param columns compact and ascending
 * @param channels of a pixel
 */
record PatchRow(PatchAxis columns, int channels) {
  /** How many pixels are met at so many outputs. */
  int pixels(int outputs) {
    return (outputs - 1) * columns.outputStep() + columns.taps().count();
  }

  /** Bytes from what is met at an output to what is met at the next. */
  long outputBytes() {
    return columns.outputStep() * pixelBytes();
  }

  private long pixelBytes() {
    return (long) channels * Float.BYTES;
  }

  /**
   * Copies a row, and elements that its mask has no bit for as zeros.
   *
   * @param row address of the image row's first pixel; 0 for a row of zeros
   * @param output the first output
   * @param outputs how many
   * @param target address of {@code pixels(outputs)} pixels
   */
  void copy(ChannelsLastImage image, long row, int output, int outputs, long target) {
    int met = pixels(outputs);
    if (row == 0) {
      RowLoops.fill(target, met * channels, 0);
      return;
    }
    int start = columns.position(0, output);
    int inside = Math.clamp(-start, 0, met);
    int outside = Math.clamp(columns.length() - start, inside, met);
    copyBeyond(image, row, output, 0, inside, target);
    long from = row + (start + inside) * image.strides().pixel();
    copyPixels(image, from, outside - inside, target + inside * pixelBytes());
    copyBeyond(image, row, output, outside, met, target);
  }

  /** Copies what stands at places from start to end, which are beyond the ends of the row. */
  private void copyBeyond(
      ChannelsLastImage image, long row, int output, int start, int end, long target) {
    for (int i = start; i < end; i++) {
      long place = target + i * pixelBytes();
      int source = columns.source(i, output);
      if (source < 0) {
        RowLoops.fill(place, channels, 0);
      } else {
        copyPixels(image, row + source * image.strides().pixel(), 1, place);
      }
    }
  }

  private void copyPixels(ChannelsLastImage image, long from, int count, long to) {
    if (image.bits() != 0) {
      RowLoops.copyMasked(from, count * channels, to, image.bitsOf(from));
    } else if (image.strides().pixel() == pixelBytes()) {
      RowLoops.copy(from, 0, 1, count * channels, to, 0);
    } else {
      RowLoops.copy(from, image.strides().pixel(), count, channels, to, pixelBytes());
    }
  }
}
