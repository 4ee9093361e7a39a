package dev.tempera.style;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.backend.Backends;
import dev.tempera.backend.MemoryStatistics;
import dev.tempera.cpu.CpuBackend;
import dev.tempera.cpu.CpuOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The steps of a style transfer after the first work in the memory that the first one took. An
 * evaluation is told in the middle of its step, so a whole step lies between two that are told.
 */
class StyleSteadyStateTest {
  private static final int STEPS = 5;

  /** What may stay on Java's heap of two steps: a record of losses each, and what others leave. */
  private static final long SMALL_OBJECTS = 200_000;

  private static StyleTransfer.Builder oneScale() {
    return StyleTransfer.builder()
        .content(TestPictures.scene(56, 40))
        .style(TestPictures.stripes(48, 48))
        .features(FeatureSource.deadLeaves())
        .recipe(Recipe.TEMPERA.withScales(List.of(new Scale(1, 1))));
  }

  private static List<MemoryStatistics> memory(Optimizer optimizer, int evaluations)
      throws IOException {
    List<MemoryStatistics> memory = new ArrayList<>();
    try (CpuBackend backend = new CpuBackend(new CpuOptions(3));
        Backends.Choice _ = Backends.use(backend)) {
      oneScale()
          .optimizer(optimizer)
          .iterations(evaluations)
          .listener(progress -> memory.add(backend.memory()))
          .run();
    }
    return memory;
  }

  @Test
  void stepsTwoAndThreeObtainNothingFromTheSystem() throws IOException {
    List<MemoryStatistics> memory = memory(Optimizer.ADAM, STEPS);
    // All of it: bytes held and held at most, blocks, and how often the system was asked.
    assertThat(memory.subList(2, STEPS)).containsOnly(memory.get(1));
  }

  @Test
  void lbfgsObtainsNothingOnceItsHistoryIsFull() throws IOException {
    List<MemoryStatistics> memory = memory(Optimizer.LBFGS, 40);
    assertThat(memory).hasSize(40);
    assertThat(memory.subList(24, 40)).containsOnly(memory.get(24));
  }

  @Test
  void stepsLeaveNothingOnTheHeap() throws IOException {
    List<Long> used = new ArrayList<>();
    oneScale()
        .optimizer(Optimizer.ADAM)
        .iterations(STEPS)
        .listener(
            progress -> {
              System.gc();
              used.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
              return true;
            })
        .run();
    assertThat(used.get(3) - used.get(1)).isLessThan(SMALL_OBJECTS);
  }
}
