package dev.tempera.cpu.kernel;

import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.ConvertLoops;
import dev.tempera.cpu.simd.CopyLoops;
import dev.tempera.data.DType;
import dev.tempera.data.Distribution;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Philox;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/** Draws random numbers in parts: every number depends on its place alone. */
public final class CpuRandom {
  /** Numbers that one task draws; a multiple of the alignment of draws. */
  private static final int PART = 1 << 13;

  /** Numbers that are drawn at once; a multiple of the alignment of draws. */
  private static final int DRAWN = 1 << 9;

  private final CpuMemory memory;
  private final Workers workers;

  /** Draws into this memory by these threads. */
  public CpuRandom(CpuMemory memory, Workers workers) {
    this.memory = memory;
    this.workers = workers;
  }

  /** See {@link dev.tempera.backend.RandomOps#random}; any type. */
  public View random(Distribution distribution, Philox philox, DType dtype, Shape shape) {
    View result = memory.allocate(dtype, shape, MemoryOrder.ROW_MAJOR);
    long to = Addresses.of(result);
    int bytes = dtype.byteSize();
    workers.forRange(
        shape.size(),
        PART,
        memory,
        (long) DRAWN * Double.BYTES,
        (start, end, buffer) -> {
          double[] drawn = new double[DRAWN];
          for (long first = start; first < end; first += DRAWN) {
            int count = (int) Math.min(DRAWN, end - first);
            distribution.draw(philox, first, drawn, count);
            CopyLoops.doubles(drawn, count, buffer);
            ConvertLoops.fromDoubles(dtype, buffer, to + first * bytes, bytes, count);
          }
        });
    return result;
  }
}
