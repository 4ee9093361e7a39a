package dev.tempera.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempera.data.Philox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PowerLawTextureTest {
  private static final int SIZE = 128;

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 1.9})
  void isStandardizedAndRepeats(double exponent) {
    PowerLawTexture texture = PowerLawTexture.of(SIZE, exponent, new Philox(3, 1));
    double sum = 0;
    double squares = 0;
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        double value = texture.at(y, x);
        sum += value;
        squares += value * value;
        assertThat(texture.at(y + SIZE, x - SIZE)).isEqualTo(value);
      }
    }
    assertThat(sum / (SIZE * SIZE)).isCloseTo(0, within(1e-12));
    assertThat(squares / (SIZE * SIZE)).isCloseTo(1, within(1e-12));
  }

  /** Power falls with 1/f^2s: from periods of 32 pixels to periods of 8, by 4^2s. */
  @Test
  void fallsOffWithFrequency() {
    double exponent = 1.3;
    double[] real = new double[SIZE * SIZE];
    PowerLawTexture texture = PowerLawTexture.of(SIZE, exponent, new Philox(3, 2));
    for (int i = 0; i < real.length; i++) {
      real[i] = texture.at(i / SIZE, i % SIZE);
    }
    double[] imaginary = new double[real.length];
    new FourierTransform(SIZE).transform(real, imaginary);
    double ratio = power(real, imaginary, SIZE / 32) / power(real, imaginary, SIZE / 8);
    // A ring of radius 4 has about 24 coefficients, whose mean power strays by 1/√12 or so.
    assertThat(Math.log(ratio) / Math.log(4)).isCloseTo(2 * exponent, within(0.5));
  }

  /** The mean power of the coefficients about as far from the origin as said. */
  private static double power(double[] real, double[] imaginary, int radius) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < real.length; i++) {
      int y = i / SIZE <= SIZE / 2 ? i / SIZE : i / SIZE - SIZE;
      int x = i % SIZE <= SIZE / 2 ? i % SIZE : i % SIZE - SIZE;
      if (Math.round(Math.hypot(y, x)) == radius) {
        sum += real[i] * real[i] + imaginary[i] * imaginary[i];
        count++;
      }
    }
    return sum / count;
  }
}
