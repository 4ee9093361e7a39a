package dev.tempera.cpu.image;

import dev.tempera.backend.Pool2dParams;
import dev.tempera.cpu.convolution.ChannelsLastImage;
import dev.tempera.cpu.convolution.PixelStrides;
import dev.tempera.cpu.kernel.Addresses;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.PoolLoops;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Average pooling of float32 images, all channels of a pixel at once; gradients are gathered by
 * each input pixel.
 */
public final class CpuAvgPool2d {
  private final CpuMemory memory;
  private final Workers workers;

  /** A kernel that works with these threads and this memory. */
  public CpuAvgPool2d(CpuMemory memory, Workers workers) {
    this.memory = memory;
    this.workers = workers;
  }

  /** See {@link dev.tempera.backend.PoolOps#avgPool2d}. */
  public View avgPool2d(View x, Pool2dParams params) {
    Shape input = x.shape();
    Shape output = params.outputShape("avgPool2d", input);
    return combine(
        x,
        output,
        () -> new PoolWindow(params, input, output),
        new Steps(1, params.strideX(), PoolWindow::outputsAlike),
        (window, row, column, strides, factors) -> {
          int count = window.inputsOf(row, column, strides);
          Arrays.fill(factors, 0, count, 1f / params.divisor(row, column, input));
          return count;
        });
  }

  /** See {@link dev.tempera.backend.PoolOps#avgPool2dGrad}. */
  public View gradient(View gradient, Pool2dParams params, Shape input) {
    Shape output = gradient.shape();
    if (WindowTiling.suits(params, input, output)) {
      return new WindowTiling(memory, workers).ofAverage(gradient, input);
    }
    return combine(
        gradient,
        input,
        () -> new PoolWindow(params, input, output),
        new Steps(params.strideX(), 1, PoolWindow::inputsAlike),
        (window, row, column, strides, factors) -> {
          int count = window.outputsOf(row, column, strides);
          for (int i = 0; i < count; i++) {
            factors[i] = 1f / params.divisor(window.rows[i], window.columns[i], input);
          }
          return count;
        });
  }

  /** Lists in the window the source pixels that make a pixel of the result, with their factors. */
  @FunctionalInterface
  private interface Lister {
    int list(PoolWindow window, int row, int column, PixelStrides strides, float[] factors);
  }

  /** How many pixels of the result, from a column on, have the same list. */
  @FunctionalInterface
  private interface Likeness {
    int count(PoolWindow window, int column);
  }

  /**
   * How pixels with the same list follow one another in a row.
   *
   * @param target columns of the result from one to the next
   * @param source columns of the source from one's list to the next's
   */
  private record Steps(int target, int source, Likeness alike) {}

  /** Each pixel of the result is a weighted sum of listed pixels of the source. */
  private View combine(
      View source, Shape shape, Supplier<PoolWindow> windows, Steps steps, Lister lister) {
    View result = memory.allocate(DType.FLOAT32, shape, MemoryOrder.CHANNELS_LAST);
    int channels = shape.dim(1);
    int height = shape.dim(2);
    int width = shape.dim(3);
    long pixelBytes = (long) channels * Float.BYTES;
    long target = Addresses.of(result);
    try (ChannelsLastImage image = ChannelsLastImage.of(source, memory, workers)) {
      PixelStrides strides = image.strides();
      workers.run(
          shape.dim(0) * height,
          row -> {
            PoolWindow window = windows.get();
            float[] factors = new float[window.pixels.length];
            long base = image.address() + row / height * strides.image();
            for (int phase = 0; phase < Math.min(steps.target, width); phase++) {
              for (int column = phase; column < width; ) {
                int count = lister.list(window, row % height, column, strides, factors);
                int alike = steps.alike.count(window, column);
                long pixel = target + ((long) row * width + column) * pixelBytes;
                PoolLoops.Run run =
                    new PoolLoops.Run(
                        alike,
                        channels,
                        base,
                        steps.source * strides.pixel(),
                        pixel,
                        steps.target * pixelBytes);
                PoolLoops.weightedSum(run, window.pixels, factors, count);
                column += alike * steps.target;
              }
            }
          });
    }
    return result;
  }
}
