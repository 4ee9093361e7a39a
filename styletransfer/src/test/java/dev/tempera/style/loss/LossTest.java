package dev.tempera.style.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each loss against its formula, written out in loops. */
class LossTest {
  private static final int CHANNELS = 3;
  private static final int HEIGHT = 4;
  private static final int WIDTH = 5;
  private static final int PIXELS = HEIGHT * WIDTH;

  private final double[] a = values(1);
  private final double[] b = values(2);
  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = TensorScope.open("test");
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static double[] values(long seed) {
    return new SplittableRandom(seed).doubles(CHANNELS * PIXELS, 0, 2).toArray();
  }

  private static Tensor features(double[] values) {
    return Tensor.of(values, 1, CHANNELS, HEIGHT, WIDTH);
  }

  @Test
  void gramStyleLoss() {
    double expected = 0;
    for (int i = 0; i < CHANNELS; i++) {
      for (int j = 0; j < CHANNELS; j++) {
        double difference = (inner(a, i, j) - inner(b, i, j)) / (CHANNELS * PIXELS);
        expected += difference * difference / (CHANNELS * CHANNELS);
      }
    }
    double actual = new GramStyleLoss().target(List.of(features(b))).distance(features(a)).item();
    assertThat(actual).isCloseTo(expected, within(1e-12));
  }

  @Test
  void gaussianStyleLoss() {
    double meanDistance = 0;
    double meanSquare = 0;
    double covarianceDistance = 0;
    double covarianceSquare = 0;
    for (int i = 0; i < CHANNELS; i++) {
      meanDistance += square(mean(a, i) - mean(b, i));
      meanSquare += square(mean(b, i)) + covariance(b, i, i);
      for (int j = 0; j < CHANNELS; j++) {
        covarianceDistance += square(covariance(a, i, j) - covariance(b, i, j));
        covarianceSquare += square(covariance(b, i, j));
      }
    }
    double expected = meanDistance / meanSquare + covarianceDistance / covarianceSquare;
    double actual =
        new GaussianStyleLoss().target(List.of(features(b))).distance(features(a)).item();
    assertThat(actual).isCloseTo(expected, within(1e-10));
  }

  @Test
  void statisticsOfSeveralStylesAreAveraged() {
    StyleLoss.Target both = new GramStyleLoss().target(List.of(features(a), features(b)));
    double expected = 0;
    for (int i = 0; i < CHANNELS; i++) {
      for (int j = 0; j < CHANNELS; j++) {
        double half = (inner(a, i, j) - inner(b, i, j)) / 2 / (CHANNELS * PIXELS);
        expected += half * half / (CHANNELS * CHANNELS);
      }
    }
    assertThat(both.distance(features(a)).item()).isCloseTo(expected, within(1e-12));
    assertThat(both.distance(features(b)).item()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void styleLossesIgnoreWhereThingsAre() {
    double[] shuffled = new double[a.length];
    for (int c = 0; c < CHANNELS; c++) {
      for (int p = 0; p < PIXELS; p++) {
        shuffled[c * PIXELS + (p * 7 + 3) % PIXELS] = a[c * PIXELS + p];
      }
    }
    for (StyleLoss loss : List.of(new GramStyleLoss(), new GaussianStyleLoss())) {
      double distance = loss.target(List.of(features(a))).distance(features(shuffled)).item();
      assertThat(distance).isCloseTo(0, within(1e-12));
    }
  }

  @Test
  void contentLosses() {
    double expected = 0;
    double variance = 0;
    for (int i = 0; i < a.length; i++) {
      expected += square(a[i] - b[i]) / a.length;
    }
    for (int c = 0; c < CHANNELS; c++) {
      variance += covariance(b, c, c) / CHANNELS;
    }
    assertThat(new MeanSquareContentLoss().target(features(b)).distance(features(a)).item())
        .isCloseTo(expected, within(1e-12));
    assertThat(new RelativeContentLoss().target(features(b)).distance(features(a)).item())
        .isCloseTo(expected / variance, within(1e-12));
  }

  @Test
  void flatTargetsGiveFiniteLosses() {
    for (double level : new double[] {0, 0.5}) {
      Tensor flat = features(new double[a.length]).add(level);
      assertThat(new GaussianStyleLoss().target(List.of(flat)).distance(features(a)).item())
          .isFinite();
      assertThat(new RelativeContentLoss().target(flat).distance(features(a)).item()).isFinite();
    }
  }

  @Test
  void totalVariation() {
    Tensor image = Tensor.of(new double[] {0, 1, 3, 6}, 1, 1, 2, 2);
    // Differences: vertical 3 and 5, horizontal 1 and 3.
    assertThat(TotalVariation.HALF_SUM.of(image).item()).isEqualTo((9 + 25 + 1 + 9) / 2.0);
    assertThat(TotalVariation.MEAN.of(image).item()).isEqualTo((9 + 25) / 2.0 + (1 + 9) / 2.0);
  }

  @Test
  void rangePenalty() {
    Tensor image = Tensor.of(new double[] {-0.5, 0.5, 1.25, 1}, 1, 1, 2, 2);
    assertThat(RangePenalty.of(image).item()).isEqualTo((0.25 + 0.0625) / 4);
  }

  private static double square(double x) {
    return x * x;
  }

  private static double inner(double[] values, int i, int j) {
    double sum = 0;
    for (int p = 0; p < PIXELS; p++) {
      sum += values[i * PIXELS + p] * values[j * PIXELS + p];
    }
    return sum;
  }

  private static double mean(double[] values, int channel) {
    double sum = 0;
    for (int p = 0; p < PIXELS; p++) {
      sum += values[channel * PIXELS + p];
    }
    return sum / PIXELS;
  }

  private static double covariance(double[] values, int i, int j) {
    return inner(values, i, j) / PIXELS - mean(values, i) * mean(values, j);
  }
}
