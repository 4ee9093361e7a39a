package dev.tempera.cpu.kernel;

import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.ArgmaxLoops;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/** Finds the places of the largest and smallest elements of float32 tensors along an axis. */
public final class CpuArgmax {
  private static final long GRAIN = 1 << 14;

  private final CpuMemory memory;
  private final Workers workers;

  /** Searches in this memory by these threads. */
  public CpuArgmax(CpuMemory memory, Workers workers) {
    this.memory = memory;
    this.workers = workers;
  }

  /** See {@link dev.tempera.backend.ReduceOps#argmax}; float32 only. */
  public View argmax(View x, int axis) {
    return first(x, axis, ArgmaxLoops::firstLargest);
  }

  /** See {@link dev.tempera.backend.ReduceOps#argmin}; float32 only. */
  public View argmin(View x, int axis) {
    return first(x, axis, ArgmaxLoops::firstSmallest);
  }

  /** Finds the place of an extreme element of a line. */
  @FunctionalInterface
  private interface Search {
    /** The place, for a line from an address on, with bytes between elements. */
    int of(long from, long stride, int count);
  }

  private View first(View x, int axis, Search search) {
    Shape kept = x.shape().with(axis, 1);
    int length = x.shape().dim(axis);
    View result = memory.allocate(DType.INT32, kept, MemoryOrder.ROW_MAJOR);
    JointAxes axes = JointAxes.of(kept, result.strides(), x.strides());
    long from = Addresses.of(x);
    long to = Addresses.of(result);
    long stride = x.stride(axis) * Float.BYTES;
    workers.forRange(
        kept.size(),
        Math.max(GRAIN / length, 1),
        (start, end) -> {
          RunWalk walk = new RunWalk(axes, start);
          for (long done = start; done < end; walk.next()) {
            long run = Math.min(walk.length(), end - done);
            for (long i = 0; i < run; i++) {
              long first = walk.second() + i * walk.secondStride();
              int index = search.of(from + first * Float.BYTES, stride, length);
              ArgmaxLoops.put(to + (done + i) * Integer.BYTES, index);
            }
            done += run;
          }
        });
    return result;
  }
}
