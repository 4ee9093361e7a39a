package dev.tempera.cpu;

import dev.tempera.cpu.runtime.CpuMemory;

/** Backends that notice what kernels write outside of their memory. */
public final class GuardedBackend {
  private GuardedBackend() {}

  /** A backend of so many threads. */
  public static CpuBackend withThreads(int threads) {
    return new CpuBackend(new CpuOptions(threads), CpuMemory.guarded());
  }
}
