package dev.tempera.cpu.image;

import dev.tempera.backend.Pool2dParams;
import dev.tempera.cpu.convolution.ChannelsLastImage;
import dev.tempera.cpu.kernel.Addresses;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.Lanes;
import dev.tempera.cpu.simd.PlaceLoops;
import dev.tempera.cpu.simd.PoolLoops;
import dev.tempera.cpu.simd.WindowOfFourLoops;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/**
 * Gradients of pooling with windows of 2×2 that cover an image without overlap, as between the
 * blocks of VGG: each output pixel writes all the input pixels that it stands for.
 *
 * @param memory for results and places
 * @param workers the threads
 */
record WindowTiling(CpuMemory memory, Workers workers) {
  /** Elements whose places stay in the first cache. */
  private static final int ELEMENTS_OF_A_BLOCK = 2048;

  /** Whether windows lie so, and channels fill vectors. */
  static boolean suits(Pool2dParams params, Shape input, Shape output) {
    return params.kernelY() == 2
        && params.kernelX() == 2
        && params.strideY() == 2
        && params.strideX() == 2
        && params.paddingY() == 0
        && params.paddingX() == 0
        && input.dim(2) == 2 * output.dim(2)
        && input.dim(3) == 2 * output.dim(3)
        && input.dim(1) % Lanes.COUNT == 0;
  }

  /** Of the largest: each value goes to where it was taken. */
  View ofLargest(View gradient, View position, Shape input) {
    long positions = Addresses.of(position);
    Shape output = gradient.shape();
    int channels = output.dim(1);
    int width = output.dim(3);
    int block = Math.max(1, ELEMENTS_OF_A_BLOCK / Math.max(1, channels));
    View result = memory.allocate(DType.FLOAT32, input, MemoryOrder.CHANNELS_LAST);
    try (ChannelsLastImage image = ChannelsLastImage.of(gradient, memory, workers)) {
      workers.run(
          output.dim(0) * output.dim(2),
          memory,
          (long) block * channels * Float.BYTES,
          (row, places) -> {
            long[] offsets = offsets(input);
            for (int column = 0; column < width; column += block) {
              int pixels = Math.min(block, width - column);
              long element = ((long) row * width + column) * channels;
              PlaceLoops.widen(positions + element, places, (long) pixels * channels);
              PoolLoops.Run run = run(image, output, row, column, pixels, result);
              WindowOfFourLoops.spreadWhere(run, offsets, places);
            }
          });
    }
    return result;
  }

  /** Of the average: each value goes to all four in equal parts. */
  View ofAverage(View gradient, Shape input) {
    Shape output = gradient.shape();
    View result = memory.allocate(DType.FLOAT32, input, MemoryOrder.CHANNELS_LAST);
    try (ChannelsLastImage image = ChannelsLastImage.of(gradient, memory, workers)) {
      workers.run(
          output.dim(0) * output.dim(2),
          row -> {
            PoolLoops.Run run = run(image, output, row, 0, output.dim(3), result);
            WindowOfFourLoops.spread(run, offsets(input), 0.25f);
          });
    }
    return result;
  }

  /** Of the pixels of a window from its first. */
  private static long[] offsets(Shape input) {
    long pixel = (long) input.dim(1) * Float.BYTES;
    long row = input.dim(3) * pixel;
    return new long[] {0, pixel, row, row + pixel};
  }

  /** From neighbouring output pixels to the first pixels of their windows. */
  private static PoolLoops.Run run(
      ChannelsLastImage image, Shape output, int row, int column, int pixels, View result) {
    int height = output.dim(2);
    long source =
        image.address()
            + row / height * image.strides().image()
            + row % height * image.strides().row()
            + column * image.strides().pixel();
    long pixelBytes = (long) output.dim(1) * Float.BYTES;
    long first = 4L * row * output.dim(3) + 2L * column;
    return new PoolLoops.Run(
        pixels,
        output.dim(1),
        source,
        image.strides().pixel(),
        Addresses.of(result) + first * pixelBytes,
        2 * pixelBytes);
  }
}
