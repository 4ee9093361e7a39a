package dev.tempera.cpu.convolution;

import dev.tempera.backend.KernelMemory;
import dev.tempera.cpu.kernel.Addresses;
import dev.tempera.cpu.product.Workspace;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Scratch;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.DotKernel;
import dev.tempera.cpu.simd.LaneFold;
import dev.tempera.cpu.simd.Lanes;
import dev.tempera.cpu.simd.RowLoops;
import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/**
 * Convolution of many channels to at most three, such as the gradient of a picture: neighbouring
 * channels of a patch fill the lanes of a vector.
 *
 * @param memory for weights and strips
 * @param workers the threads
 */
record NarrowConvolution(CpuMemory memory, Workers workers) implements ConvolutionAlgorithm {
  private static final int MOST_LINES = 32;
  private static final int FEWEST_LINES = 8;
  private static final int ENOUGH_TASKS = 32;

  @Override
  public boolean suits(PatchAxis rows, PatchAxis columns, KernelStack kernels) {
    return kernels.groups() == 1
        && kernels.columns() <= DotKernel.COLUMNS
        && kernels.channels() % Lanes.COUNT == 0
        && kernels.depth() > 0
        && columns.isCompact();
  }

  @Override
  public boolean appliesMasks() {
    return true;
  }

  /**
   * How the outputs are cut into strips.
   *
   * @param lines rows of a strip
   * @param down strips under one another in an image
   * @param across strips side by side
   */
  private record Cut(int lines, int down, int across) {
    static Cut of(int images, int height, int width) {
      int across = Math.ceilDiv(width, NarrowStrip.WIDTH);
      int lines = MOST_LINES;
      while (lines > FEWEST_LINES
          && (long) images * Math.ceilDiv(height, lines) * across < ENOUGH_TASKS) {
        lines /= 2;
      }
      return new Cut(lines, Math.ceilDiv(height, lines), across);
    }

    int tasks(int images) {
      return Math.multiplyExact(images, Math.multiplyExact(down, across));
    }
  }

  @Override
  public KernelMemory memoryOf(
      int images, PatchAxis rows, PatchAxis givenColumns, KernelStack kernels) {
    PatchRow row = new PatchRow(givenColumns.ascending(), kernels.channels());
    Cut cut = Cut.of(images, rows.outputs().count(), givenColumns.outputs().count());
    long bytes = new NarrowStrip(rows, row).bytes();
    return KernelMemory.scratch(
        weightBytes(kernels), workers.scratchBytes(cut.tasks(images), bytes));
  }

  private static long weightBytes(KernelStack kernels) {
    return (long) kernels.depth() * DotKernel.COLUMNS * Float.BYTES;
  }

  @Override
  public void run(
      ChannelsLastImage image,
      PatchAxis rows,
      PatchAxis givenColumns,
      KernelStack given,
      @Nullable View bias,
      ImageSink.Activation activation,
      View result) {
    PatchAxis columns = givenColumns.ascending();
    KernelStack kernels = given.along(rows, columns);
    int height = rows.outputs().count();
    int width = columns.outputs().count();
    Cut cut = Cut.of(result.shape().dim(0), height, width);
    NarrowStrip strip = new NarrowStrip(rows, new PatchRow(columns, kernels.channels()));
    ImageSink sink =
        new ImageSink(rows, columns, PixelStrides.of(result), activation, DotKernel.COLUMNS);
    try (Scratch weights = weights(kernels);
        Scratch first = firstSums(bias)) {
      Strips strips =
          new Strips(
              image,
              kernels,
              strip,
              sink,
              Addresses.of(result),
              weights.address(),
              first.address());
      workers.run(
          cut.tasks(result.shape().dim(0)),
          memory,
          strip.bytes(),
          (task, scratch) -> {
            int output = task % cut.across() * NarrowStrip.WIDTH;
            int outputs = Math.min(NarrowStrip.WIDTH, width - output);
            int index = task / cut.across() / cut.down();
            int start = task / cut.across() % cut.down() * cut.lines();
            int end = Math.min(start + cut.lines(), height);
            strips.run(index, start, end, output, outputs, scratch);
          });
    }
  }

  /**
   * What all tasks share.
   *
   * @param result address of the result
   * @param weights address of the weights
   * @param first address of the vectors that sums begin with
   */
  private record Strips(
      ChannelsLastImage image,
      KernelStack kernels,
      NarrowStrip strip,
      ImageSink sink,
      long result,
      long weights,
      long first) {

    /** Computes neighbouring outputs of some rows of an image. */
    void run(int index, int start, int end, int output, int outputs, long scratch) {
      int height = strip.rows().outputs().count();
      int width = sink.columns().outputs().count();
      long source = image.address() + index * image.strides().image();
      long vectors = strip.vectors(scratch);
      long sums = strip.sums(scratch);
      Workspace workspace = new Workspace(0, 0, sums, strip.table(scratch), 0);
      strip.clear(scratch);
      for (int line = start; line < end; line++) {
        strip.advance(image, source, line, line == start, output, outputs, scratch);
        int pixel = (index * height + line) * width + output;
        for (int done = 0; done < outputs; done += NarrowStrip.BLOCK) {
          int count = Math.min(NarrowStrip.BLOCK, outputs - done);
          strip.locate(line, done, scratch);
          DotKernel.dot(
              strip.table(scratch),
              strip.rows().taps().count(),
              strip.row().outputBytes(),
              sink.columns().taps().count() * kernels.channels(),
              Math.ceilDiv(count, DotKernel.PIXELS) * DotKernel.PIXELS,
              weights,
              first,
              vectors);
          LaneFold.fold(vectors, NarrowStrip.BLOCK * DotKernel.COLUMNS / Lanes.COUNT, sums);
          sink.store(result, pixel + done, count, 0, kernels.columns(), sums, workspace);
        }
      }
    }
  }

  /** A vector for each column, of which one lane has the bias. */
  private Scratch firstSums(@Nullable View bias) {
    Scratch target = memory.scratch((long) DotKernel.COLUMNS * Lanes.BYTES);
    RowLoops.fill(target.address(), DotKernel.COLUMNS * Lanes.COUNT, 0);
    if (bias != null) {
      long stride = bias.stride(0) * Float.BYTES;
      int columns = bias.shape().dim(0);
      RowLoops.gather(Addresses.of(bias), stride, 0, columns, 1, target.address(), Lanes.BYTES);
    }
    return target;
  }

  /** The weights with the columns of each tap and vector of channels side by side. */
  private Scratch weights(KernelStack kernels) {
    int rows = kernels.depth() / Lanes.COUNT;
    Scratch target = memory.scratch(weightBytes(kernels));
    RowLoops.fill(target.address(), kernels.depth() * DotKernel.COLUMNS, 0);
    KernelMatrix matrix = kernels.matrix(1);
    for (int row = 0; row < rows; row++) {
      long source = kernels.address(0) + matrix.offset(row * Lanes.COUNT);
      long place = target.address() + (long) row * DotKernel.COLUMNS * Lanes.BYTES;
      RowLoops.gather(
          source,
          matrix.columnStride(),
          matrix.channelStride(),
          kernels.columns(),
          Lanes.COUNT,
          place,
          Lanes.BYTES);
    }
    return target;
  }
}
