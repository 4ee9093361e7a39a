package dev.tempera.cpu.convolution;

import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Scratch;
import dev.tempera.cpu.simd.RowLoops;

/** The channels of a pixel beyond the edge of an image. */
final class Zeros implements AutoCloseable {
  private final Scratch memory;

  /** As many zeros. */
  Zeros(CpuMemory memory, int count) {
    this.memory = memory.scratch((long) count * Float.BYTES);
    RowLoops.fill(this.memory.address(), count, 0);
  }

  /** The address of the first. */
  long address() {
    return memory.address();
  }

  @Override
  public void close() {
    memory.close();
  }
}
