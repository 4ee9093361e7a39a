package dev.tempera.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.cpu.runtime.CpuMemory;
import org.junit.jupiter.api.Test;

/** The miniature net that has kernels compiled. */
class CpuWarmUpTest {
  @Test
  void staysInsideItsMemoryAndGivesItBack() {
    try (CpuBackend backend = new CpuBackend(new CpuOptions(2), CpuMemory.guarded())) {
      CpuWarmUp.on(backend, 3);
      assertThat(backend.memory().live()).isZero();
      assertThat(backend.memory().peak()).isPositive();
    }
  }

  @Test
  void leavesTheMemoryOfTheBackendThatAsksForItAlone() {
    try (CpuBackend backend = new CpuBackend(new CpuOptions(2))) {
      backend.warmUp();
      backend.warmUp();
      assertThat(backend.memory().reserved()).isZero();
    }
  }
}
