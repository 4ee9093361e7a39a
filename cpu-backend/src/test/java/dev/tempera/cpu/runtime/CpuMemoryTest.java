package dev.tempera.cpu.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.data.DType;
import dev.tempera.data.HostStorage;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuMemoryTest {
  private final CpuMemory memory = new CpuMemory();

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 63, 64, 65, 127, 1000, 4095, 4097, 1 << 20, (5 << 20) + 1})
  void storagesAreAlignedAndHaveTheirSize(long bytes) {
    HostStorage storage = memory.storage(bytes);
    assertThat(storage.byteSize()).isEqualTo(bytes);
    long alignment = bytes >= 4096 ? 4096 : 64;
    assertThat(storage.segment().address() % alignment).isZero();
    assertThat(memory.statistics().live()).isEqualTo(bytes);
    storage.release();
    assertThat(memory.statistics().live()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {65, 100, 513, 1025, 5000, 123_456, 1_000_001, 67_108_865})
  void sizeClassesWasteAtMostAnEighth(long bytes) {
    long size = SizeClass.of(bytes);
    assertThat(size).isGreaterThanOrEqualTo(bytes).isLessThanOrEqualTo(bytes + bytes / 8 + 64);
    assertThat(size % 64).isZero();
    assertThat(SizeClass.of(size)).isEqualTo(size);
  }

  @Test
  void whatIsReleasedIsUsedAgain() {
    for (int step = 0; step < 5; step++) {
      View x = memory.allocate(DType.FLOAT32, Shape.of(1, 64, 30, 30), MemoryOrder.CHANNELS_LAST);
      try (Scratch scratch = memory.scratch(10_000)) {
        assertThat(scratch.address() % 64).isZero();
        assertThat(memory.statistics().storages()).isEqualTo(2);
      }
      x.storage().release();
    }
    assertThat(memory.statistics().systemAllocations()).isEqualTo(2);
    assertThat(memory.statistics().storages()).isZero();
    assertThat(memory.statistics().peak()).isEqualTo(64 * 30 * 30 * 4 + 10_000);
  }

  @Test
  void blocksNobodyAsksForGoBackToTheSystem() {
    memory.storage(1 << 20).release();
    assertThat(memory.statistics().reserved()).isEqualTo(1 << 20);
    for (int i = 0; i < 20_000; i++) {
      memory.storage(64).release();
    }
    assertThat(memory.statistics().reserved()).isEqualTo(64);
  }

  @Test
  void threadsShareIt() throws InterruptedException {
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      int size = 100 * (i + 1);
      threads[i] =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int round = 0; round < 2000; round++) {
                      memory.storage(size).release();
                    }
                  });
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(memory.statistics().live()).isZero();
    assertThat(memory.statistics().systemAllocations()).isLessThanOrEqualTo(16);
  }
}
