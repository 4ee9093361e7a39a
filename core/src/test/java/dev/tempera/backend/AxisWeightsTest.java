package dev.tempera.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AxisWeightsTest {
  @Test
  void theTransposedMatrixHasRowsAndColumnsExchanged() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 200; round++) {
      AxisWeights weights = random(random);
      double[][] dense = dense(weights);
      AxisWeights transposed = weights.transposed();
      double[][] flipped = dense(transposed);
      assertThat(transposed.length()).isEqualTo(weights.sourceLength());
      assertThat(transposed.sourceLength()).isEqualTo(weights.length());
      for (int i = 0; i < dense.length; i++) {
        for (int j = 0; j < dense[i].length; j++) {
          assertThat(flipped[j][i]).isEqualTo(dense[i][j]);
        }
      }
      assertSourcesAscend(transposed);
      assertThat(dense(transposed.transposed())).isDeepEqualTo(dense);
    }
  }

  private static AxisWeights random(SplittableRandom random) {
    int sources = random.nextInt(1, 7);
    int rows = random.nextInt(1, 7);
    int[] starts = new int[rows + 1];
    int[] columns = new int[rows * sources];
    double[] values = new double[rows * sources];
    int entries = 0;
    for (int row = 0; row < rows; row++) {
      for (int source = 0; source < sources; source++) {
        if (random.nextInt(3) == 0) {
          columns[entries] = source;
          values[entries++] = random.nextInt(1, 100);
        }
      }
      starts[row + 1] = entries;
    }
    return AxisWeights.of(
        sources, starts, Arrays.copyOf(columns, entries), Arrays.copyOf(values, entries));
  }

  private static double[][] dense(AxisWeights weights) {
    double[][] matrix = new double[weights.length()][weights.sourceLength()];
    for (int row = 0; row < matrix.length; row++) {
      for (int entry = weights.start(row); entry < weights.start(row + 1); entry++) {
        matrix[row][weights.source(entry)] += weights.weight(entry);
      }
    }
    return matrix;
  }

  private static void assertSourcesAscend(AxisWeights weights) {
    for (int row = 0; row < weights.length(); row++) {
      for (int entry = weights.start(row) + 1; entry < weights.start(row + 1); entry++) {
        assertThat(weights.source(entry)).isGreaterThan(weights.source(entry - 1));
      }
    }
  }

  @Test
  void paddingCopiesOneElementOrNone() {
    assertThat(sources(AxisWeights.padding(3, 2, 1, PaddingMode.ZERO)))
        .containsExactly(-1, -1, 0, 1, 2, -1);
    assertThat(sources(AxisWeights.padding(3, 2, 2, PaddingMode.REFLECT)))
        .containsExactly(2, 1, 0, 1, 2, 1, 0);
    assertThat(sources(AxisWeights.padding(3, 2, 1, PaddingMode.REPLICATE)))
        .containsExactly(0, 0, 0, 1, 2, 2);
    assertThat(sources(AxisWeights.padding(3, 2, 3, PaddingMode.CIRCULAR)))
        .containsExactly(1, 2, 0, 1, 2, 0, 1, 2);
    assertThat(sources(AxisWeights.padding(1, 1, 1, PaddingMode.REPLICATE)))
        .containsExactly(0, 0, 0);
  }

  private static int[] sources(AxisWeights weights) {
    int[] sources = new int[weights.length()];
    for (int row = 0; row < sources.length; row++) {
      boolean any = weights.start(row) < weights.start(row + 1);
      sources[row] = any ? weights.source(weights.start(row)) : -1;
    }
    return sources;
  }
}
