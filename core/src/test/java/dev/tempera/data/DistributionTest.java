package dev.tempera.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributionTest {
  private static final int COUNT = 200_000;
  private static final double FOUR_SIGMA = 4 / Math.sqrt(COUNT);

  @Test
  void normalNumbersHaveTheirMeanAndDeviation() {
    double[] drawn = draw(new Distribution.Normal(-3, 0.5));
    assertThat(mean(drawn)).isCloseTo(-3, within(FOUR_SIGMA * 0.5));
    double squares = Arrays.stream(drawn).map(x -> (x + 3) * (x + 3)).average().orElseThrow();
    assertThat(Math.sqrt(squares)).isCloseTo(0.5, within(FOUR_SIGMA * 0.5));
  }

  @Test
  void onesComeWithTheirProbability() {
    double[] drawn = draw(new Distribution.Bernoulli(0.3));
    assertThat(drawn).containsOnly(0, 1);
    assertThat(mean(drawn)).isCloseTo(0.3, within(FOUR_SIGMA * Math.sqrt(0.21)));
    assertThat(draw(new Distribution.Bernoulli(0))).containsOnly(0);
    assertThat(draw(new Distribution.Bernoulli(1))).containsOnly(1);
  }

  /** Bounds in deviations, as they choose each kind of candidate, and mirrored ones. */
  @ParameterizedTest
  @CsvSource({"-2, 2", "-0.5, 0.25", "0.5, 0.75", "1, 4", "3, Infinity", "-9, -3", "-Infinity, 1"})
  void truncatedNumbersAreDistributedAsTheNormalDensityBetweenTheBounds(double low, double high) {
    double mean = 5;
    double deviation = 2;
    double[] drawn =
        draw(
            new Distribution.TruncatedNormal(
                mean, deviation, mean + deviation * low, mean + deviation * high));
    double from = Math.max(low, -9);
    double to = Math.min(high, 9);
    double[] standard = Arrays.stream(drawn).map(x -> (x - mean) / deviation).sorted().toArray();
    assertThat(standard[0]).isGreaterThanOrEqualTo(low - 1e-12);
    assertThat(standard[COUNT - 1]).isLessThanOrEqualTo(high + 1e-12);
    double whole = mass(from, to);
    double largest = 0;
    for (int i = 0; i < COUNT; i += COUNT / 50) {
      double expected = mass(from, Math.clamp(standard[i], from, to)) / whole;
      largest = Math.max(largest, Math.abs(expected - (double) i / COUNT));
    }
    // The distribution of Kolmogorov's statistic: above this once in 20 000 draws.
    assertThat(largest).isLessThan(2.3 / Math.sqrt(COUNT));
  }

  @Test
  void aPartOfAStreamIsThatOfTheWhole() {
    Philox philox = new Philox(3, 9);
    for (Distribution distribution :
        new Distribution[] {
          Distribution.UNIT_UNIFORM,
          Distribution.STANDARD_NORMAL,
          new Distribution.TruncatedNormal(0, 1, 1, 2),
          new Distribution.Bernoulli(0.5)
        }) {
      double[] whole = new double[64];
      distribution.draw(philox, 0, whole, 64);
      double[] part = new double[13];
      distribution.draw(philox, 40, part, 13);
      assertThat(part).isEqualTo(Arrays.copyOfRange(whole, 40, 53));
    }
  }

  @Test
  void permutationsHoldEveryNumberOnceAndEachPlaceIsAsLikely() {
    int[] order = new Philox(1, 0).permutation(1000);
    assertThat(Arrays.stream(order).sorted().toArray())
        .isEqualTo(IntStream.range(0, 1000).toArray());
    int[][] counts = new int[3][3];
    for (int stream = 0; stream < 9000; stream++) {
      int[] three = new Philox(2, stream).permutation(3);
      for (int i = 0; i < 3; i++) {
        counts[i][three[i]]++;
      }
    }
    for (int[] row : counts) {
      for (int count : row) {
        assertThat(count).isCloseTo(3000, within((int) (4 * Math.sqrt(9000 * 2 / 9.0))));
      }
    }
    assertThat(new Philox(1, 0).permutation(0)).isEmpty();
  }

  @Test
  void parametersThatMakeNoDistributionAreRefused() {
    assertThatThrownBy(() -> new Distribution.Uniform(1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("low < high, here 1.0 to 1.0");
    assertThatThrownBy(() -> new Distribution.Normal(0, -1))
        .hasMessageContaining("normal: parameters of no normal distribution")
        .hasMessageContaining("here 0.0 and -1.0");
    assertThatThrownBy(() -> new Distribution.TruncatedNormal(0, 1, 2, 1))
        .hasMessageContaining("truncatedNormal: nothing lies between the bounds");
    assertThatThrownBy(() -> new Distribution.Bernoulli(Double.NaN))
        .hasMessageContaining("0 ≤ probability ≤ 1, here NaN");
  }

  private static double[] draw(Distribution distribution) {
    double[] drawn = new double[COUNT];
    distribution.draw(new Philox(11, 4), 0, drawn, COUNT);
    return drawn;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  /** The integral of exp(−x²/2) by Simpson's rule. */
  private static double mass(double from, double to) {
    int steps = 2000;
    double step = (to - from) / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double x = from + i * step;
      int weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * Math.exp(-x * x / 2);
    }
    return sum * step / 3;
  }
}
