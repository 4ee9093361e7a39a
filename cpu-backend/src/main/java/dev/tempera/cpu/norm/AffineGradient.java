package dev.tempera.cpu.norm;

import dev.tempera.backend.NormOps.NormGradients;
import dev.tempera.cpu.kernel.Addresses;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.NormGradientLoops;
import dev.tempera.data.DType;
import dev.tempera.data.HostStorage;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The gradients with respect to scale and shift: Σ g·(x − mean)·r and Σ g. */
final class AffineGradient {
  /** Elements of a chunk of rows, about. */
  private static final int CHUNK = 1 << 15;

  private static final int LEAST_ROWS = 128;

  /** Columns that a task adds up, at most. */
  private static final int BLOCK = 1 << 12;

  private final NormFactors factors;
  private final NormGeometry geometry;
  private final CpuMemory memory;
  private final Workers workers;

  AffineGradient(NormFactors factors, CpuMemory memory, Workers workers) {
    this.factors = factors;
    this.geometry = factors.geometry();
    this.memory = memory;
    this.workers = workers;
  }

  /** From the sums of the cells, where those are channels. */
  NormGradients ofChannels(CellSums sums, Shape shape) {
    View scale = memory.allocate(DType.FLOAT32, shape, MemoryOrder.ROW_MAJOR);
    View shift = memory.allocate(DType.FLOAT32, shape, MemoryOrder.ROW_MAJOR);
    boolean isShared = shape.dim(0) == 1;
    for (int row = 0; row < shape.dim(0); row++) {
      int end = isShared ? geometry.cellRows() : row + 1;
      for (int channel = 0; channel < geometry.channels(); channel++) {
        double sum = 0;
        double product = 0;
        for (int image = row; image < end; image++) {
          sum += sums.first(image, channel);
          product += sums.second(image, channel) * factors.inverse(image, channel);
        }
        set(shift, row, channel, sum);
        set(scale, row, channel, product);
      }
    }
    return new NormGradients(null, scale, shift);
  }

  /**
   * From the elements, where the channels of a group lie side by side.
   *
   * @param gradient address of the gradient passed back
   * @param from address of the input
   */
  NormGradients ofRuns(long gradient, long from, Shape shape) {
    int images = geometry.images();
    int channels = geometry.channels();
    boolean isShared = shape.dim(0) == 1;
    int chunk = isShared ? Math.max(CHUNK / channels, LEAST_ROWS) : 1;
    int chunks = Math.ceilDiv(images, chunk);
    View scale = memory.allocate(DType.FLOAT32, shape, MemoryOrder.ROW_MAJOR);
    View shift = memory.allocate(DType.FLOAT32, shape, MemoryOrder.ROW_MAJOR);
    Targets targets = new Targets(Addresses.of(scale), Addresses.of(shift));
    try (DoubleTable moments = momentsOfRuns()) {
      Rows rows = new Rows(gradient, from, moments);
      if (isShared && chunks > 1) {
        addChunks(rows, chunk, chunks, targets);
      } else {
        for (int row = 0; row < shape.dim(0); row++) {
          Targets ofRow = targets.of(row, channels);
          addColumns(rows, row, isShared ? images : 1, ofRow);
        }
      }
    }
    return new NormGradients(null, scale, shift);
  }

  /** Where gradients are written. */
  private record Targets(long scale, long shift) {
    Targets of(int row, int columns) {
      long offset = (long) row * columns * Float.BYTES;
      return new Targets(scale + offset, shift + offset);
    }
  }

  /** Sums of many rows: chunks of rows go to different threads, and are added in their order. */
  private void addChunks(Rows rows, int chunk, int chunks, Targets targets) {
    int channels = geometry.channels();
    int length = geometry.channelsOfGroup();
    try (DoubleTable parts = DoubleTable.of(memory, 2L * chunks * channels)) {
      workers.run(
          chunks,
          part -> {
            int first = part * chunk;
            int count = Math.min(chunk, geometry.images() - first);
            for (int channel = 0; channel < channels; channel += length) {
              long sums = parts.address(2L * ((long) part * channels + channel));
              rows.add(first, count, channel, length, sums);
            }
          });
      long partBytes = 2L * channels * Double.BYTES;
      for (int channel = 0; channel < channels; channel += length) {
        Targets ofGroup = targets.of(channel, 1);
        NormGradientLoops.finish(
            parts.address(2L * channel),
            chunks,
            partBytes,
            length,
            ofGroup.scale(),
            ofGroup.shift());
      }
    }
  }

  /** Sums of few rows: blocks of columns go to different threads. */
  private void addColumns(Rows rows, int first, int count, Targets targets) {
    int length = geometry.channelsOfGroup();
    int block = Math.min(length, BLOCK);
    int blocks = Math.ceilDiv(length, block);
    workers.run(
        geometry.groups().groups() * blocks,
        memory,
        2L * block * Double.BYTES,
        (task, sums) -> {
          int start = task % blocks * block;
          int channel = task / blocks * length + start;
          int columns = Math.min(block, length - start);
          Targets ofBlock = targets.of(channel, 1);
          rows.add(first, count, channel, columns, sums);
          NormGradientLoops.finish(sums, 1, 0, columns, ofBlock.scale(), ofBlock.shift());
        });
  }

  /** Mean and factor of each image, group after group. */
  private DoubleTable momentsOfRuns() {
    int images = geometry.images();
    DoubleTable moments = DoubleTable.of(memory, 2L * geometry.groupCount());
    workers.forRange(
        geometry.groupCount(),
        CellSums.CELLS_OF_A_TASK,
        (first, end) -> {
          for (long i = first; i < end; i++) {
            int image = (int) (i % images);
            int channel = (int) (i / images) * geometry.channelsOfGroup();
            moments.set(2 * i, factors.mean(image, channel));
            moments.set(2 * i + 1, factors.inverse(image, channel));
          }
        });
    return moments;
  }

  /** The rows to be added up. */
  private final class Rows {
    private final long gradient;
    private final long from;
    private final DoubleTable moments;

    Rows(long gradient, long from, DoubleTable moments) {
      this.gradient = gradient;
      this.from = from;
      this.moments = moments;
    }

    /** Adds up neighbouring columns, of one group, of some rows. */
    void add(int first, int count, int channel, int columns, long sums) {
      int group = channel / geometry.channelsOfGroup();
      long rowBytes = (long) geometry.channels() * Float.BYTES;
      long offset = first * rowBytes + (long) channel * Float.BYTES;
      long place = 2L * ((long) group * geometry.images() + first);
      NormGradientLoops.columnsOfRows(
          gradient + offset, from + offset, count, rowBytes, columns, moments.address(place), sums);
    }
  }

  private static void set(View view, int row, int channel, double value) {
    MemorySegment segment = ((HostStorage) view.storage()).segment();
    segment.setAtIndex(ValueLayout.JAVA_FLOAT, view.indexOf(row, channel), (float) value);
  }
}
