package dev.tempera.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.backend.AdamMoments;
import dev.tempera.backend.AdamParams;
import dev.tempera.backend.Backend;
import dev.tempera.cpu.CpuBackend;
import dev.tempera.cpu.CpuOptions;
import dev.tempera.cpu.TestViews;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.View;
import dev.tempera.reference.ReferenceBackend;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CpuOptimizerTest {
  /** Parameters are at most 8 and a step rounds each of a few terms once. */
  private static final float ROUNDINGS = 8 * 4 * 0x1p-24f;

  private final CpuBackend backend = new CpuBackend(new CpuOptions(2));
  private final Backend reference = new ReferenceBackend();

  @AfterEach
  void endTheThreads() {
    backend.close();
  }

  @Test
  void addsInPlaceForAllStrides() {
    Random random = new Random(1);
    for (int round = 0; round < 60; round++) {
      int[] lengths = random.ints(3, 1, 12).toArray();
      View target = TestViews.scattered(backend, random, lengths);
      View direction = TestViews.scattered(backend, random, lengths);
      View expected = reference.contiguous(target, MemoryOrder.ROW_MAJOR);
      reference.addScaled(expected, direction, 0.25);
      backend.addScaled(target, direction, 0.25);
      assertThat(TestViews.elements(target)).containsExactly(TestViews.elements(expected));
    }
  }

  @Test
  void adamTakesTheStepsOfTheFormula() {
    Random random = new Random(2);
    int[] lengths = {2, 3, 37, 41};
    List<View> layouts =
        List.of(
            TestViews.dense(backend, random, lengths),
            TestViews.channelsLast(backend, random, lengths),
            TestViews.scattered(backend, random, lengths));
    for (View parameter : layouts) {
      View first = backend.filled(parameter.dtype(), parameter.shape(), 0);
      View second = backend.filled(parameter.dtype(), parameter.shape(), 0);
      View expected = reference.contiguous(parameter, MemoryOrder.ROW_MAJOR);
      View expectedFirst = reference.filled(parameter.dtype(), parameter.shape(), 0);
      View expectedSecond = reference.filled(parameter.dtype(), parameter.shape(), 0);
      AdamParams params = AdamParams.withLearningRate(0.125);
      for (int step = 1; step <= 3; step++) {
        View gradient = TestViews.scattered(backend, random, lengths);
        backend.adamStep(parameter, gradient, new AdamMoments<>(first, second, null), params, step);
        AdamMoments<View> moments = new AdamMoments<>(expectedFirst, expectedSecond, null);
        reference.adamStep(expected, gradient, moments, params, step);
      }
      assertThat(TestViews.elements(parameter))
          .containsExactly(TestViews.elements(expected), Offset.offset(ROUNDINGS));
    }
  }
}
