package dev.tempera.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tempera.data.Philox;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {
  /** Rounding of a double, times what sums over some hundreds of elements add to it. */
  private static final double TOLERANCE = 1e-12;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 27, 64, 144})
  void decomposesCovariances(int size) {
    double[] matrix = covariance(size, 2 * size, size);
    SymmetricEigen eigen = new SymmetricEigen(matrix, size);
    assertLeading(matrix, eigen, (size + 1) / 2);
    assertThat(Arrays.stream(eigen.values()).sum()).isCloseTo(trace(matrix), within(1e-10 * size));
  }

  @Test
  void findsAllVectorsAlso() {
    double[] matrix = covariance(40, 100, 3);
    assertLeading(matrix, new SymmetricEigen(matrix, 40), 40);
  }

  @Test
  void ordersTheValuesOfADiagonalMatrix() {
    double[] matrix = new double[9];
    matrix[0] = 2;
    matrix[4] = -1;
    matrix[8] = 5;
    SymmetricEigen eigen = new SymmetricEigen(matrix, 3);
    assertThat(eigen.values()).containsExactly(new double[] {5, 2, -1}, within(TOLERANCE));
    assertLeading(matrix, eigen, 3);
  }

  @Test
  void givesVectorsAtRightAnglesForEqualValues() {
    int size = 24;
    double[] one = covariance(size / 3, 50, 1);
    double[] matrix = new double[size * size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        if (i % 3 == j % 3) {
          matrix[i * size + j] = one[i / 3 * (size / 3) + j / 3];
        }
      }
    }
    assertLeading(matrix, new SymmetricEigen(matrix, size), size);
  }

  @Test
  void givesVectorsOfTheIdentity() {
    double[] matrix = new double[100];
    for (int i = 0; i < 10; i++) {
      matrix[11 * i] = 1;
    }
    assertLeading(matrix, new SymmetricEigen(matrix, 10), 10);
  }

  @Test
  void findsTheOneDirectionOfARankOneMatrix() {
    double[] matrix = covariance(30, 1, 5);
    SymmetricEigen eigen = new SymmetricEigen(matrix, 30);
    assertThat(eigen.values()[1]).isCloseTo(0, within(TOLERANCE));
    assertLeading(matrix, eigen, 1);
  }

  @Test
  void hasNoValuesOfAMatrixThatIsNotFinite() {
    double[] matrix = covariance(5, 10, 5);
    matrix[7] = Double.NaN;
    assertThatThrownBy(() -> new SymmetricEigen(matrix, 5)).isInstanceOf(ArithmeticException.class);
  }

  /** The mean of products of random vectors. */
  private static double[] covariance(int size, int samples, long seed) {
    float[] data = new Philox(seed, 0).normal(size * samples);
    double[] matrix = new double[size * size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        for (int sample = 0; sample < samples; sample++) {
          matrix[i * size + j] +=
              (double) data[sample * size + i] * data[sample * size + j] / samples;
        }
      }
    }
    return matrix;
  }

  private static double trace(double[] matrix) {
    int size = (int) Math.sqrt(matrix.length);
    double trace = 0;
    for (int i = 0; i < size; i++) {
      trace += matrix[i * size + i];
    }
    return trace;
  }

  private static void assertLeading(double[] matrix, SymmetricEigen eigen, int count) {
    int size = eigen.values().length;
    double[][] vectors = eigen.leadingVectors(count);
    for (int i = 0; i < count; i++) {
      for (int row = 0; row < size; row++) {
        double product = 0;
        for (int column = 0; column < size; column++) {
          product += matrix[row * size + column] * vectors[i][column];
        }
        assertThat(product).isCloseTo(eigen.values()[i] * vectors[i][row], within(10 * TOLERANCE));
      }
      for (int j = 0; j <= i; j++) {
        double product = 0;
        for (int row = 0; row < size; row++) {
          product += vectors[i][row] * vectors[j][row];
        }
        assertThat(product).isCloseTo(i == j ? 1 : 0, within(TOLERANCE));
      }
    }
  }
}
