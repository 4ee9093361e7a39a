package dev.tempera.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AxisWeightsErrorTest {
  @Test
  void aMatrixKeepsItsRows() {
    AxisWeights weights =
        AxisWeights.of(
            3, new int[] {0, 2, 2, 3}, new int[] {0, 2, 1}, new double[] {0.25, 0.75, 1});
    assertThat(weights.length()).isEqualTo(3);
    assertThat(weights.source(1)).isEqualTo(2);
    assertThat(weights.transposed().length()).isEqualTo(3);
  }

  @Test
  void rowsMustLieOneAfterAnother() {
    for (int[] starts : new int[][] {{}, {1, 2}, {0, 2, 1}, {0, -1, 2}}) {
      assertThatThrownBy(() -> AxisWeights.of(4, starts, new int[] {0, 1}, new double[] {1, 1}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("starts ascend from 0");
    }
  }

  @Test
  void thereMustBeAsManyEntriesAsTheRowsSay() {
    assertThatThrownBy(
            () -> AxisWeights.of(4, new int[] {0, 3}, new int[] {0, 1}, new double[] {1, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("here 2, 2 and 3");
    assertThatThrownBy(
            () -> AxisWeights.of(4, new int[] {0, 2}, new int[] {0, 1}, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("here 2, 1 and 2");
  }

  @Test
  void columnsMustLieInsideTheSource() {
    for (int source : new int[] {-1, 4}) {
      assertThatThrownBy(
              () -> AxisWeights.of(4, new int[] {0, 1}, new int[] {source}, new double[] {1}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("0 ≤ source < sourceLength, here " + source + " of 4");
    }
  }
}
