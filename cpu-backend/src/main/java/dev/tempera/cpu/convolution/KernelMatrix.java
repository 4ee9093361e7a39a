package dev.tempera.cpu.convolution;

import dev.tempera.cpu.product.RightFactor;
import dev.tempera.cpu.product.Workspace;
import dev.tempera.cpu.simd.RowLoops;

/**
 * The kernels of a convolution as the right factor of a product: one row for each tap and channel
 * of a patch (channels fastest), one column for each channel of the result. Strides in bytes.
 *
 * @param tapColumns taps in a row of the kernel
 * @param tapRowStride between rows of taps
 * @param tapStride between taps of a row
 * @param channels of a patch
 * @param channelStride between them
 * @param columnStride between channels of the result
 * @param panelWidth columns of a panel
 */
record KernelMatrix(
    int tapColumns,
    long tapRowStride,
    long tapStride,
    int channels,
    long channelStride,
    long columnStride,
    int panelWidth)
    implements RightFactor {
  @Override
  public long panel(long base, int start, int depth, int column, int columns, Workspace workspace) {
    long rowBytes = (long) panelWidth * Float.BYTES;
    int end = start + depth;
    for (int at = start; at < end; ) {
      int length = Math.min(channels - at % channels, end - at);
      long source = base + offset(at) + column * columnStride;
      long target = workspace.right() + (at - start) * rowBytes;
      RowLoops.gather(source, channelStride, columnStride, length, columns, target, rowBytes);
      at += length;
    }
    return workspace.right();
  }

  /** Bytes from the first row of the matrix to another. */
  long offset(int row) {
    int tap = row / channels;
    return tap / tapColumns * tapRowStride
        + tap % tapColumns * tapStride
        + row % channels * channelStride;
  }
}
