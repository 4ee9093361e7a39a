package dev.tempera.cpu.convolution;

import dev.tempera.backend.KernelMemory;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Scratch;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.DepthwiseLoops;
import dev.tempera.cpu.simd.RowLoops;
import dev.tempera.cpu.simd.SumLoops;
import dev.tempera.data.View;

/**
 * The weight gradient of a convolution in which every channel has a kernel of its own: tap by tap,
 * with neighbouring channels in the lanes of a vector.
 *
 * <p>The pixels are cut into parts that depend on the shapes alone, whose sums are added in their
 * order.
 *
 * @param memory for sums of parts
 * @param workers the threads
 * @param images how many
 * @param channels how many
 */
record DepthwiseWeightGradient(
    CpuMemory memory,
    Workers workers,
    PatchAxis rows,
    PatchAxis columns,
    int images,
    int channels) {
  private static final int MOST_PARTS = 32;
  private static final int LEAST_PIXELS = 256;

  /** Pixels whose addresses are listed at once. */
  private static final int BLOCK = 128;

  private int taps() {
    return rows.taps().count() * columns.taps().count();
  }

  private int pixels() {
    int image = Math.multiplyExact(rows.outputs().count(), columns.outputs().count());
    return Math.multiplyExact(images, image);
  }

  private int partPixels() {
    return Math.max(LEAST_PIXELS, Math.ceilDiv(pixels(), MOST_PARTS));
  }

  private int parts() {
    return Math.max(1, Math.ceilDiv(pixels(), partPixels()));
  }

  private long partBytes() {
    return (long) taps() * channels * Float.BYTES;
  }

  /** What a run takes besides its result and copies of images. */
  KernelMemory kernelMemory() {
    return KernelMemory.scratch(
        partBytes() * parts(), workers.scratchBytes(parts(), (long) BLOCK * Long.BYTES));
  }

  /**
   * Computes the gradient.
   *
   * @param result address of (channels, 1, kH, kW)
   */
  void run(View x, View gradient, long result) {
    int elements = taps() * channels;
    try (ChannelsLastImage image = ChannelsLastImage.of(x, memory, workers);
        ChannelsLastImage dense = ChannelsLastImage.denseOf(gradient, memory, workers);
        Zeros zeros = new Zeros(memory, channels);
        Scratch sums = memory.scratch(partBytes() * parts())) {
      PatchMatrix patches =
          new PatchMatrix(rows, columns, channels, image, zeros.address(), channels);
      long pixelBytes = dense.strides().pixel();
      workers.run(
          parts(),
          memory,
          (long) BLOCK * Long.BYTES,
          (part, table) -> {
            long target = sums.address() + part * partBytes();
            RowLoops.fill(target, elements, 0);
            int end = Math.min((part + 1) * partPixels(), pixels());
            for (int pixel = part * partPixels(); pixel < end; pixel += BLOCK) {
              int count = Math.min(BLOCK, end - pixel);
              for (int tap = 0; tap < taps(); tap++) {
                patches.locate(image.address(), pixel, count, tap, table);
                DepthwiseLoops.accumulateProducts(
                    table,
                    count,
                    channels,
                    dense.address() + pixel * pixelBytes,
                    pixelBytes,
                    target + (long) tap * channels * Float.BYTES);
              }
            }
          });
      SumLoops.add(sums.address(), partBytes(), parts(), elements, sums.address());
      long tapBytes = (long) channels * Float.BYTES;
      long kernelBytes = (long) taps() * Float.BYTES;
      RowLoops.gather(sums.address(), Float.BYTES, tapBytes, channels, taps(), result, kernelBytes);
    }
  }
}
