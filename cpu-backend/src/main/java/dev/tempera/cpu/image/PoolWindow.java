package dev.tempera.cpu.image;

import dev.tempera.backend.Pool2dParams;
import dev.tempera.cpu.convolution.PixelStrides;
import dev.tempera.data.Shape;

/**
 * Lists of pixels that meet in a pooling, one at a time: the input pixels of a window, or the
 * windows that hold an input pixel. Inside the image the lists of neighbours differ by a shift
 * only, and one list serves a run of them. The arrays are filled anew by each list; a task has a
 * window of its own.
 */
final class PoolWindow {
  /** Offsets in bytes of the listed pixels from the image's first. */
  final long[] pixels;

  /** The place in its window, row · kernelX + column, of each listed pixel. */
  final float[] places;

  /** Rows of the listed output pixels. */
  final int[] rows;

  /** Columns of the listed output pixels. */
  final int[] columns;

  private final Pool2dParams params;
  private final Shape input;
  private final Shape output;

  PoolWindow(Pool2dParams params, Shape input, Shape output) {
    this.params = params;
    this.input = input;
    this.output = output;
    int most = params.kernelY() * params.kernelX();
    pixels = new long[most];
    places = new float[most];
    rows = new int[most];
    columns = new int[most];
  }

  /** Lists the input pixels of an output pixel's window; returns how many there are. */
  int inputsOf(int outputRow, int outputColumn, PixelStrides strides) {
    int count = 0;
    for (int u = 0; u < params.kernelY(); u++) {
      int row = outputRow * params.strideY() - params.paddingY() + u;
      if (row < 0 || row >= input.dim(2)) {
        continue;
      }
      for (int v = 0; v < params.kernelX(); v++) {
        int column = outputColumn * params.strideX() - params.paddingX() + v;
        if (column >= 0 && column < input.dim(3)) {
          pixels[count] = row * strides.row() + column * strides.pixel();
          places[count++] = u * params.kernelX() + v;
        }
      }
    }
    return count;
  }

  /** How many output pixels from one on have the same list of input pixels, shifted. */
  int outputsAlike(int outputColumn) {
    int first = outputColumn * params.strideX() - params.paddingX();
    int room = input.dim(3) - params.kernelX() - first;
    return first < 0 || room < 0
        ? 1
        : Math.min(output.dim(3) - outputColumn, room / params.strideX() + 1);
  }

  /** Lists the output pixels whose windows hold an input pixel; returns how many there are. */
  int outputsOf(int inputRow, int inputColumn, PixelStrides strides) {
    int count = 0;
    int y = inputRow + params.paddingY();
    int x = inputColumn + params.paddingX();
    int lastRow = Math.min(y / params.strideY(), output.dim(2) - 1);
    int lastColumn = Math.min(x / params.strideX(), output.dim(3) - 1);
    for (int row = firstRow(inputRow); row <= lastRow; row++) {
      int u = y - row * params.strideY();
      int firstColumn = first(x, params.kernelX(), params.strideX());
      for (int column = firstColumn; column <= lastColumn; column++) {
        int v = x - column * params.strideX();
        rows[count] = row;
        columns[count] = column;
        pixels[count] = row * strides.row() + column * strides.pixel();
        places[count++] = u * params.kernelX() + v;
      }
    }
    return count;
  }

  /**
   * How many input pixels, from one on and a stride apart, have the same list of output pixels,
   * shifted, and these windows of whole size.
   */
  int inputsAlike(int inputColumn) {
    int x = inputColumn + params.paddingX();
    int earliest = x - params.kernelX() + 1;
    int reach = input.dim(3) + params.paddingX() - params.kernelX();
    int lastWhole = Math.min(output.dim(3) - 1, Math.floorDiv(reach, params.strideX()));
    int column = x / params.strideX();
    return earliest < params.paddingX() || column > lastWhole
        ? 1
        : Math.min(
            lastWhole - column + 1, Math.ceilDiv(input.dim(3) - inputColumn, params.strideX()));
  }

  /** The first output row whose windows can hold pixels of an input row. */
  int firstRow(int inputRow) {
    return first(inputRow + params.paddingY(), params.kernelY(), params.strideY());
  }

  private static int first(int position, int kernel, int stride) {
    return Math.max(0, Math.ceilDiv(position - kernel + 1, stride));
  }
}
