package dev.tempera.cpu.kernel;

import dev.tempera.backend.SortOps.Sorted;
import dev.tempera.backend.SortOrder;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.SortLoops;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/**
 * Sorts float32 tensors line by line, by radix. Where only few elements of a line are wanted, they
 * are found with a heap first.
 */
public final class CpuSort {
  private static final long GRAIN = 1 << 13;

  /** With at least so many elements for each wanted one, a heap is faster than sorting all. */
  private static final int MANY = 8;

  private final CpuMemory memory;
  private final Workers workers;

  /** Kernels in this memory by these threads. */
  public CpuSort(CpuMemory memory, Workers workers) {
    this.memory = memory;
    this.workers = workers;
  }

  /**
   * See {@link dev.tempera.backend.SortOps#topK}; float32 only. All elements of a line, if as many
   * are wanted.
   */
  public Sorted topK(View x, int wanted, int axis, SortOrder order) {
    Shape shape = x.shape().with(axis, wanted);
    Shape lines = x.shape().with(axis, 1);
    int length = x.shape().dim(axis);
    View values = memory.allocate(DType.FLOAT32, shape, MemoryOrder.ROW_MAJOR);
    View indices = memory.allocate(DType.INT32, shape, MemoryOrder.ROW_MAJOR);
    if (shape.size() == 0) {
      return new Sorted(values, indices);
    }
    JointAxes axes = JointAxes.of(lines, values.strides(), x.strides());
    int entered = wanted <= length / MANY ? wanted : length;
    long entryBytes = (long) entered * Long.BYTES;
    long from = Addresses.of(x);
    long toValues = Addresses.of(values);
    long toIndices = Addresses.of(indices);
    long stride = x.stride(axis) * Float.BYTES;
    workers.forRange(
        lines.size(),
        Math.max(GRAIN / length, 1),
        memory,
        2 * entryBytes + SortLoops.COUNTER_BYTES,
        (start, end, scratch) -> {
          RunWalk walk = new RunWalk(axes, start);
          for (long done = start; done < end; walk.next()) {
            long count = Math.min(walk.length(), end - done);
            for (long i = 0; i < count; i++) {
              long line = from + (walk.second() + i * walk.secondStride()) * Float.BYTES;
              long sorted = scratch;
              if (entered < length) {
                SortLoops.enterFirst(line, stride, length, order, entered, scratch);
              } else {
                SortLoops.enter(line, stride, length, order, scratch);
                long spare = scratch + entryBytes;
                sorted = SortLoops.sort(scratch, length, spare, spare + entryBytes);
              }
              long place = (walk.first() + i * walk.firstStride()) * Float.BYTES;
              SortLoops.leave(
                  sorted,
                  wanted,
                  line,
                  stride,
                  toValues + place,
                  toIndices + place,
                  values.stride(axis) * Float.BYTES);
            }
            done += count;
          }
        });
    return new Sorted(values, indices);
  }
}
