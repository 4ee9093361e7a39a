package dev.tempera.cpu.image;

import dev.tempera.backend.Pool2dParams;
import dev.tempera.backend.PoolOps.Pooled;
import dev.tempera.cpu.convolution.ChannelsLastImage;
import dev.tempera.cpu.convolution.PixelStrides;
import dev.tempera.cpu.kernel.Addresses;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.PlaceLoops;
import dev.tempera.cpu.simd.PoolLoops;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.util.Arrays;

/**
 * Maximum pooling of float32 images with windows of at most 256 pixels, all channels of a pixel at
 * once. The gradient is gathered by each input pixel, so that threads never write to the same one.
 */
public final class CpuMaxPool2d {
  /** Elements whose places stay in the first cache until they are bytes. */
  private static final int ELEMENTS_OF_A_BLOCK = 2048;

  private final CpuMemory memory;
  private final Workers workers;

  /** A kernel that works with these threads and this memory. */
  public CpuMaxPool2d(CpuMemory memory, Workers workers) {
    this.memory = memory;
    this.workers = workers;
  }

  /** See {@link dev.tempera.backend.PoolOps#maxPool2d}. */
  public Pooled maxPool2d(View x, Pool2dParams params) {
    Shape input = x.shape();
    Shape output = params.outputShape("maxPool2d", input);
    View value = memory.allocate(DType.FLOAT32, output, MemoryOrder.CHANNELS_LAST);
    View position = memory.allocate(DType.UINT8, output, MemoryOrder.CHANNELS_LAST);
    int channels = output.dim(1);
    int height = output.dim(2);
    int width = output.dim(3);
    long pixelBytes = (long) channels * Float.BYTES;
    long rowElements = (long) width * channels;
    int block = Math.max(1, ELEMENTS_OF_A_BLOCK / Math.max(1, channels));
    long values = Addresses.of(value);
    long positions = Addresses.of(position);
    try (ChannelsLastImage image = ChannelsLastImage.of(x, memory, workers)) {
      workers.run(
          output.dim(0) * height,
          memory,
          block * pixelBytes,
          (row, places) -> {
            PoolWindow window = new PoolWindow(params, input, output);
            long base = image.address() + row / height * image.strides().image();
            long step = params.strideX() * image.strides().pixel();
            for (int column = 0; column < width; ) {
              int count = window.inputsOf(row % height, column, image.strides());
              int alike = Math.min(block, window.outputsAlike(column));
              long element = row * rowElements + (long) column * channels;
              PoolLoops.Run run =
                  new PoolLoops.Run(
                      alike, channels, base, step, values + element * Float.BYTES, pixelBytes);
              PoolLoops.largest(run, window.pixels, window.places, count, places);
              PlaceLoops.narrow(places, positions + element, (long) alike * channels);
              column += alike;
            }
          });
    }
    return new Pooled(value, position);
  }

  /** See {@link dev.tempera.backend.PoolOps#maxPool2dGrad}. */
  public View gradient(View gradient, View position, Pool2dParams params, Shape input) {
    Shape output = gradient.shape();
    if (WindowTiling.suits(params, input, output)) {
      return new WindowTiling(memory, workers).ofLargest(gradient, position, input);
    }
    View result = memory.allocate(DType.FLOAT32, input, MemoryOrder.CHANNELS_LAST);
    int channels = input.dim(1);
    int height = input.dim(2);
    int width = input.dim(3);
    long pixelBytes = (long) channels * Float.BYTES;
    long rowElements = (long) output.dim(3) * channels;
    int rowsInReach = Math.ceilDiv(params.kernelY(), params.strideY());
    long positions = Addresses.of(position);
    long target = Addresses.of(result);
    try (ChannelsLastImage from = ChannelsLastImage.of(gradient, memory, workers)) {
      workers.run(
          input.dim(0) * height,
          memory,
          rowsInReach * rowElements * Float.BYTES,
          (row, wide) -> {
            PoolWindow window = new PoolWindow(params, input, output);
            long[] places = new long[window.pixels.length];
            int image = row / height;
            int firstRow = window.firstRow(row % height);
            int rows = Math.min(rowsInReach, output.dim(2) - firstRow);
            if (rows > 0) {
              long first = ((long) image * output.dim(2) + firstRow) * rowElements;
              PlaceLoops.widen(positions + first, wide, rows * rowElements);
            }
            long base = from.address() + image * from.strides().image();
            int stride = params.strideX();
            for (int phase = 0; phase < Math.min(stride, width); phase++) {
              for (int column = phase; column < width; ) {
                int count = window.outputsOf(row % height, column, from.strides());
                for (int i = 0; i < count; i++) {
                  long pixel =
                      (long) (window.rows[i] - firstRow) * output.dim(3) + window.columns[i];
                  places[i] = pixel * pixelBytes;
                }
                int alike = window.inputsAlike(column);
                long to = target + ((long) row * width + column) * pixelBytes;
                PoolLoops.Run run =
                    new PoolLoops.Run(
                        alike, channels, base, from.strides().pixel(), to, stride * pixelBytes);
                PoolLoops.sumWhere(
                    run, window.pixels, wide, pixelBytes, places, window.places, count);
                column += alike * stride;
              }
            }
          });
    }
    return result;
  }

  /** See {@link dev.tempera.backend.PoolOps#maxPool2dPick}. */
  public View pick(View x, View position, Pool2dParams params) {
    Shape input = x.shape();
    Shape output = position.shape();
    View result = memory.allocate(DType.FLOAT32, output, MemoryOrder.CHANNELS_LAST);
    int channels = output.dim(1);
    int height = output.dim(2);
    int width = output.dim(3);
    long pixelBytes = (long) channels * Float.BYTES;
    long rowElements = (long) width * channels;
    long positions = Addresses.of(position);
    long target = Addresses.of(result);
    try (ChannelsLastImage image = ChannelsLastImage.of(x, memory, workers)) {
      PixelStrides strides = image.strides();
      workers.run(
          output.dim(0) * height,
          memory,
          rowElements * Float.BYTES,
          (row, wide) -> {
            PoolWindow window = new PoolWindow(params, input, output);
            long[] places = new long[window.pixels.length];
            PlaceLoops.widen(positions + row * rowElements, wide, rowElements);
            long base = image.address() + row / height * strides.image();
            for (int column = 0; column < width; ) {
              int count = window.inputsOf(row % height, column, strides);
              int alike = window.outputsAlike(column);
              long to = target + ((long) row * width + column) * pixelBytes;
              PoolLoops.Run run =
                  new PoolLoops.Run(
                      alike, channels, base, params.strideX() * strides.pixel(), to, pixelBytes);
              Arrays.fill(places, column * pixelBytes);
              PoolLoops.sumWhere(
                  run, window.pixels, wide, pixelBytes, places, window.places, count);
              column += alike;
            }
          });
    }
    return result;
  }
}
