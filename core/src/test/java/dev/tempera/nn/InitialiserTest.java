package dev.tempera.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tempera.data.DType;
import dev.tempera.data.Distribution;
import dev.tempera.data.Philox;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitialiserTest {
  /** (outputs, inputs, kH, kW): fan in 90, fan out 180. */
  private static final Shape KERNEL = Shape.of(20, 10, 3, 3);

  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = TensorScope.open("test");
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static Philox philox(long seed) {
    return new Philox(seed, 1);
  }

  private static double deviation(double[] values) {
    double mean = DoubleStream.of(values).average().orElseThrow();
    return Math.sqrt(
        DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({"IN, 90", "OUT, 180", "AVERAGE, 135"})
  void weightsHaveTheDeviationOfTheirFan(FanMode mode, double fan) {
    for (VarianceScaling initialiser :
        new VarianceScaling[] {
          VarianceScaling.uniform(mode, 1.5), VarianceScaling.normal(mode, 1.5)
        }) {
      double[] values = initialiser.create(KERNEL, philox(7)).toDoubles();
      double expected = 1.5 / Math.sqrt(fan);
      // The relative error of the deviation of n normal numbers is about 1/√(2n), here 1.7 %.
      assertThat(deviation(values)).isCloseTo(expected, within(4 * 0.017 * expected));
      assertThat(DoubleStream.of(values).average().orElseThrow())
          .isCloseTo(0, within(4 * expected / Math.sqrt(values.length)));
      double largest = DoubleStream.of(values).map(Math::abs).max().orElseThrow();
      if (initialiser.distribution().apply(1) instanceof Distribution.Uniform) {
        assertThat(largest).isBetween(0.99 * Math.sqrt(3) * expected, Math.sqrt(3) * expected);
      } else {
        assertThat(largest).isGreaterThan(2.5 * expected);
      }
    }
  }

  @Test
  void namedInitialisersHaveTheVarianceOfTheirPapers() {
    assertThat(deviation(Initialiser.kaimingNormal().create(KERNEL, philox(1)).toDoubles()))
        .isCloseTo(Math.sqrt(2.0 / 90), within(0.01));
    assertThat(deviation(Initialiser.xavierUniform().create(KERNEL, philox(1)).toDoubles()))
        .isCloseTo(Math.sqrt(2.0 / 270), within(0.006));
    assertThat(VarianceScaling.leakyReluGain(0)).isEqualTo(VarianceScaling.RELU_GAIN);
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "5, 12", "12, 5", "1, 3"})
  void orthogonalMatricesHaveOrthonormalRowsOrColumns(int rows, int columns) {
    Tensor matrix = Initialiser.orthogonal(2).create(Shape.of(rows, columns), philox(3));
    Tensor product =
        rows <= columns ? matrix.matmul(matrix.transpose()) : matrix.transpose().matmul(matrix);
    double[] values = product.toDoubles();
    int size = Math.min(rows, columns);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        assertThat(values[i * size + j]).isCloseTo(i == j ? 4 : 0, within(1e-5));
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    for (Initialiser initialiser :
        new Initialiser[] {
          Initialiser.kaimingUniform(),
          Initialiser.truncatedNormal(0, 1, -2, 2),
          Initialiser.orthogonal(1)
        }) {
      float[] first = initialiser.create(KERNEL, philox(11)).toFloats();
      assertThat(initialiser.create(KERNEL, philox(11)).toFloats()).isEqualTo(first);
      assertThat(initialiser.create(KERNEL, philox(12)).toFloats()).isNotEqualTo(first);
    }
  }

  @Test
  void valuesComeInOtherTypesAndConstants() {
    Tensor values = Initialiser.constant(0.5).in(DType.FLOAT64).create(Shape.of(2), philox(1));
    assertThat(values.dtype()).isEqualTo(DType.FLOAT64);
    assertThat(values.toDoubles()).containsOnly(0.5);
  }

  @Test
  void vectorsHaveNoFan() {
    assertThatThrownBy(() -> Initialiser.xavierNormal().create(Shape.of(3), philox(1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            """
            initialiser: fan in and fan out need two axes
              weight  [3]  (outputs, inputs, …)
              hint    a bias has no fan: use constant or uniform""");
  }
}
