package dev.tempera.bench.accuracy;

import dev.tempera.data.Philox;
import dev.tempera.tensor.Tensor;

/** Random filters. */
final class Filters {
  private Filters() {}

  /**
   * Normal numbers of variance 2 / (9·channels) (He et al., 2015, equation 10).
   *
   * @return (outputs, channels, 3, 3), float32
   */
  static Tensor random(int outputs, int channels, long seed) {
    float[] values = new Philox(seed, 0).normal(outputs * channels * 9);
    float deviation = (float) Math.sqrt(2.0 / (channels * 9));
    for (int i = 0; i < values.length; i++) {
      values[i] *= deviation;
    }
    return Tensor.of(values, outputs, channels, 3, 3);
  }
}
