package dev.tempera.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tempera.data.Philox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FourierTransformTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void isTheSumOverAllWaves(int size) {
    int area = size * size;
    float[] noise = new Philox(1, size).normal(2 * area);
    double[] real = new double[area];
    double[] imaginary = new double[area];
    double[] expectedReal = new double[area];
    double[] expectedImaginary = new double[area];
    for (int source = 0; source < area; source++) {
      real[source] = noise[source];
      imaginary[source] = noise[area + source];
      for (int target = 0; target < area; target++) {
        int turns = source / size * (target / size) + source % size * (target % size);
        double cosine = Math.cos(2 * Math.PI * turns / size);
        double sine = Math.sin(2 * Math.PI * turns / size);
        expectedReal[target] += real[source] * cosine - imaginary[source] * sine;
        expectedImaginary[target] += real[source] * sine + imaginary[source] * cosine;
      }
    }
    new FourierTransform(size).transform(real, imaginary);
    assertThat(real).containsExactly(expectedReal, within(1e-12));
    assertThat(imaginary).containsExactly(expectedImaginary, within(1e-12));
  }

  @Test
  void takesPowersOfTwoOnly() {
    assertThatThrownBy(() -> new FourierTransform(12))
        .hasMessageContaining("12 is not a power of two");
  }
}
