package dev.tempera.cpu.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7})
  void runsEachTaskOnce(int threads) {
    try (Workers workers = new Workers(threads)) {
      for (int tasks : new int[] {0, 1, 2, 3, 5, 100, 1000}) {
        AtomicIntegerArray runs = new AtomicIntegerArray(tasks);
        workers.run(tasks, runs::incrementAndGet);
        for (int i = 0; i < tasks; i++) {
          assertThat(runs.get(i)).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void returnsOnlyWhenAllIsDoneOverManyShortLoops() {
    try (Workers workers = new Workers(4)) {
      long[] sums = new long[64];
      for (int round = 1; round <= 20_000; round++) {
        workers.run(sums.length, i -> sums[i]++);
        for (long sum : sums) {
          assertThat(sum).isEqualTo(round);
        }
      }
    }
  }

  @Test
  void throwsWhatATaskThrewAndWorksOn() {
    try (Workers workers = new Workers(3)) {
      assertThatThrownBy(
              () ->
                  workers.run(
                      50,
                      i -> {
                        if (i == 17) {
                          throw new IllegalStateException("task 17");
                        }
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("task 17");
      AtomicLong sum = new AtomicLong();
      workers.run(10, sum::addAndGet);
      assertThat(sum).hasValue(45);
    }
  }

  @Test
  void runsALoopInsideALoop() {
    try (Workers workers = new Workers(4)) {
      AtomicLong count = new AtomicLong();
      workers.run(8, i -> workers.run(8, j -> count.incrementAndGet()));
      assertThat(count).hasValue(64);
    }
  }

  @Test
  void servesSeveralThreadsAtOnce() throws InterruptedException {
    try (Workers workers = new Workers(4)) {
      AtomicLong count = new AtomicLong();
      Thread[] callers = new Thread[4];
      for (int i = 0; i < callers.length; i++) {
        callers[i] =
            Thread.ofPlatform()
                .start(
                    () -> {
                      for (int round = 0; round < 500; round++) {
                        workers.run(16, task -> count.incrementAndGet());
                      }
                    });
      }
      for (Thread caller : callers) {
        caller.join();
      }
      assertThat(count).hasValue(4 * 500 * 16);
    }
  }

  @Test
  void usesSeveralThreadsAndNoneAfterClosing() {
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    Workers workers = new Workers(3);
    workers.run(
        300,
        i -> {
          seen.add(Thread.currentThread());
          long until = System.nanoTime() + 100_000;
          while (System.nanoTime() < until) {
            Thread.onSpinWait();
          }
        });
    assertThat(seen).hasSize(3).contains(Thread.currentThread());
    workers.close();
    AtomicLong count = new AtomicLong();
    workers.run(10, i -> count.incrementAndGet());
    assertThat(count).hasValue(10);
  }

  @Test
  void cutsRangesIntoPartsOfTheGrain() {
    try (Workers workers = new Workers(2)) {
      Set<String> parts = ConcurrentHashMap.newKeySet();
      workers.forRange(25, 10, (start, end) -> parts.add(start + "-" + end));
      assertThat(parts).containsExactlyInAnyOrder("0-10", "10-20", "20-25");
    }
  }

  @Test
  void givesEveryThreadMemoryOfItsOwnWhateverIsBusy() {
    CpuMemory memory = new CpuMemory();
    try (Workers workers = new Workers(4)) {
      Set<Long> inUse = ConcurrentHashMap.newKeySet();
      for (int round = 0; round < 200; round++) {
        workers.run(
            50,
            memory,
            100,
            (index, scratch) -> {
              assertThat(inUse.add(scratch)).isTrue();
              assertThat(scratch % 64).isZero();
              inUse.remove(scratch);
            });
      }
      assertThat(memory.statistics().peak()).isEqualTo(4 * 128);
      assertThat(memory.statistics().systemAllocations()).isEqualTo(1);
      assertThat(memory.statistics().live()).isZero();
    }
  }
}
