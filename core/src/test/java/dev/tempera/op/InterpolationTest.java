package dev.tempera.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempera.backend.AxisWeights;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InterpolationTest {
  @ParameterizedTest
  @EnumSource
  void theWeightsOfAPixelSumToOneAndLieInsideTheImage(Interpolation interpolation) {
    for (boolean antialias : new boolean[] {false, true}) {
      for (int from = 1; from <= 20; from++) {
        for (int to = 1; to <= 20; to++) {
          AxisWeights weights = interpolation.weights(from, to, antialias);
          assertThat(weights.length()).isEqualTo(to);
          assertThat(weights.sourceLength()).isEqualTo(from);
          for (int row = 0; row < to; row++) {
            double sum = 0;
            for (int entry = weights.start(row); entry < weights.start(row + 1); entry++) {
              sum += weights.weight(entry);
              assertThat(weights.source(entry)).isBetween(0, from - 1);
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameSizeChangesNothing(Interpolation interpolation) {
    for (boolean antialias : new boolean[] {false, true}) {
      AxisWeights weights = interpolation.weights(9, 9, antialias);
      for (int row = 0; row < 9; row++) {
        for (int entry = weights.start(row); entry < weights.start(row + 1); entry++) {
          double expected = weights.source(entry) == row ? 1 : 0;
          assertThat(weights.weight(entry)).isCloseTo(expected, within(1e-15));
        }
      }
    }
  }
}
