package dev.tempera.cpu.image;

import dev.tempera.backend.AxisWeights;
import dev.tempera.cpu.kernel.Addresses;
import dev.tempera.cpu.kernel.CpuCopy;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.PoolLoops;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/**
 * Linear maps along the two axes of float32 images, rows first. Rows of a channels-last image, and
 * rows of one channel of any other, are runs of memory that are summed with weights as a whole.
 */
public final class CpuResample {
  private final CpuMemory memory;
  private final Workers workers;
  private final CpuCopy copy;

  /** A kernel that works with these threads and this memory. */
  public CpuResample(CpuMemory memory, Workers workers, CpuCopy copy) {
    this.memory = memory;
    this.workers = workers;
    this.copy = copy;
  }

  /** See {@link dev.tempera.backend.ResampleOps#resample2d}; float32 only. */
  public View resample2d(View x, AxisWeights rows, AxisWeights columns) {
    if (x.isChannelsLast() || x.isRowMajor()) {
      return resampleDense(x, rows, columns);
    }
    View dense = memory.allocate(DType.FLOAT32, x.shape(), MemoryOrder.ROW_MAJOR);
    copy.assign(dense, x);
    View result = resampleDense(dense, rows, columns);
    dense.storage().release();
    return result;
  }

  private View resampleDense(View x, AxisWeights rows, AxisWeights columns) {
    Shape from = x.shape();
    Shape to = Shape.of(from.dim(0), from.dim(1), rows.length(), columns.length());
    boolean channelsLast = x.isChannelsLast();
    MemoryOrder order = channelsLast ? MemoryOrder.CHANNELS_LAST : MemoryOrder.ROW_MAJOR;
    View result = memory.allocate(DType.FLOAT32, to, order);
    int planes = channelsLast ? from.dim(0) : from.dim(0) * from.dim(1);
    int elements = channelsLast ? from.dim(1) : 1;
    long pixelBytes = (long) elements * Float.BYTES;
    long sourceRow = from.dim(3) * pixelBytes;
    long targetRow = to.dim(3) * pixelBytes;
    Axis vertical = new Axis(rows, sourceRow);
    Axis horizontal = new Axis(columns, pixelBytes);
    int height = to.dim(2);
    long source = Addresses.of(x);
    long target = Addresses.of(result);
    workers.run(
        planes * height,
        memory,
        sourceRow,
        (line, row) -> {
          long[] addresses = new long[Math.max(vertical.most(), horizontal.most())];
          float[] factors = new float[addresses.length];
          long plane = source + (long) (line / height) * from.dim(2) * sourceRow;
          int taps = vertical.list(line % height, plane, addresses, factors);
          PoolLoops.weightedSum(
              PoolLoops.Run.single(from.dim(3) * elements, row), addresses, factors, taps);
          for (int column = 0; column < to.dim(3); column++) {
            taps = horizontal.list(column, row, addresses, factors);
            long pixel = target + line * targetRow + column * pixelBytes;
            PoolLoops.weightedSum(PoolLoops.Run.single(elements, pixel), addresses, factors, taps);
          }
        });
    return result;
  }

  /**
   * One axis of the map.
   *
   * @param weights the map
   * @param stride bytes from one source element to the next
   */
  private record Axis(AxisWeights weights, long stride) {
    int most() {
      int most = 0;
      for (int i = 0; i < weights.length(); i++) {
        most = Math.max(most, weights.start(i + 1) - weights.start(i));
      }
      return most;
    }

    /** Lists the sources of an output element; returns how many there are. */
    int list(int output, long base, long[] addresses, float[] factors) {
      int start = weights.start(output);
      int count = weights.start(output + 1) - start;
      for (int i = 0; i < count; i++) {
        addresses[i] = base + weights.source(start + i) * stride;
        factors[i] = (float) weights.weight(start + i);
      }
      return count;
    }
  }
}
