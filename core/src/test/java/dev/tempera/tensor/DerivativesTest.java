package dev.tempera.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tempera.backend.Backends;
import dev.tempera.data.ShapeException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DerivativesTest {
  private static final Offset<Double> ROUNDING = within(1e-12);

  private TensorScope scope;
  private long liveBefore;

  @BeforeEach
  void open() {
    liveBefore = Backends.current().memory().live();
    scope = TensorScope.open("test");
  }

  @AfterEach
  void closeAndCheckForLeaks() {
    scope.close();
    assertThat(Backends.current().memory().live()).isEqualTo(liveBefore);
  }

  private static Tensor vector(double... values) {
    return Tensor.of(values, values.length);
  }

  /** Σ xᵢ³. */
  private static Tensor cubes(Tensor x) {
    return x.power(3).sum();
  }

  @Test
  void gradOfAFunctionIsAFunction() {
    UnaryOperator<Tensor> slope = Derivatives.grad(DerivativesTest::cubes);
    Tensor gradient = slope.apply(vector(1, 2, -3));
    assertThat(gradient.toDoubles()).containsExactly(new double[] {3, 12, 27}, ROUNDING);
    assertThat(gradient.isTracked()).isFalse();
  }

  @Test
  void gradNests() {
    UnaryOperator<Tensor> second =
        Derivatives.grad(x -> Derivatives.grad(DerivativesTest::cubes).apply(x).sum());
    assertThat(second.apply(vector(1, 2, -3)).toDoubles())
        .containsExactly(new double[] {6, 12, -18}, ROUNDING);
    UnaryOperator<Tensor> third = Derivatives.grad(x -> second.apply(x).sum());
    assertThat(third.apply(vector(1, 2, -3)).toDoubles())
        .containsExactly(new double[] {6, 6, 6}, ROUNDING);
  }

  @Test
  void derivativesArePartial() {
    Tensor x = vector(2, 5).track();
    // x is used inside as a constant: ∂/∂z Σ z·x = x.
    Tensor gradient = Derivatives.grad(z -> z.multiply(x).sum()).apply(x);
    assertThat(gradient.toDoubles()).containsExactly(2, 5);
    // And that depends on x: ∂/∂x Σ x = 1.
    assertThat(gradient.sum().backward().of(x).toDoubles()).containsExactly(1, 1);
  }

  @Test
  void aPenaltyOnAGradientReachesOtherTrackedTensors() {
    Tensor weight = vector(3, -1).track();
    Tensor x = vector(0.5, 2);
    // ∇ₓ Σ w·x² = 2·w·x, so the penalty is Σ 4·w²·x², and its slope 8·w·x².
    Tensor gradient = Derivatives.grad(z -> z.square().multiply(weight).sum()).apply(x);
    Tensor slope = gradient.square().sum().backward().of(weight);
    assertThat(slope.toDoubles()).containsExactly(8 * 3 * 0.25, 8 * -1 * 4.0);
  }

  @Test
  void nothingIsRecordedWhereRecordingIsOff() {
    Tensor weight = vector(3, -1).track();
    try (NoRecord _ = NoRecord.open()) {
      Tensor gradient =
          Derivatives.grad(z -> z.square().multiply(weight).sum()).apply(vector(1, 1));
      assertThat(gradient.toDoubles()).containsExactly(6, -2);
      assertThat(gradient.isTracked()).isFalse();
    }
  }

  @Test
  void vjpGivesValueAndGradientsOfEveryInput() {
    ValueAndGradients result =
        Derivatives.vjp(
            in -> in.get(0).multiply(in.get(1)).add(in.get(0)),
            List.of(vector(1, 2), vector(3, 4), vector(9)),
            vector(10, 100));
    assertThat(result.value().toDoubles()).containsExactly(4, 10);
    assertThat(result.value().isTracked()).isFalse();
    assertThat(result.gradients().get(0).toDoubles()).containsExactly(40, 500);
    assertThat(result.gradients().get(1).toDoubles()).containsExactly(10, 200);
    assertThat(result.gradients().get(2).toDoubles()).containsExactly(0);
  }

  @Test
  void oneTensorForTwoInputsHasTwoGradients() {
    Tensor x = vector(3, 5);
    ValueAndGradients result =
        Derivatives.valueAndGradients(
            in -> in.get(0).square().multiply(in.get(1)).sum(), List.of(x, x));
    assertThat(result.value().item()).isEqualTo(27 + 125);
    assertThat(result.gradients().get(0).toDoubles()).containsExactly(18, 50);
    assertThat(result.gradients().get(1).toDoubles()).containsExactly(9, 25);
  }

  @Test
  void jvpIsTheDerivativeAlongADirection() {
    Tensor x = vector(0.3, -1.2, 2);
    Tensor direction = vector(1, -2, 0.5);
    double[] along = Derivatives.jvp(Tensor::exp, x, direction).toDoubles();
    assertThat(along)
        .containsExactly(
            new double[] {Math.exp(0.3), -2 * Math.exp(-1.2), 0.5 * Math.exp(2)}, ROUNDING);
  }

  @Test
  void jvpThroughAMatrixIsTheMatrixTimesTheDirection() {
    Tensor matrix = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
    Tensor along =
        Derivatives.jvp(x -> matrix.matmul(x), vector(7, 8, 9).reshape(3, 1), column(1, -1, 2));
    assertThat(along.toDoubles()).containsExactly(5, 11);
  }

  private static Tensor column(double... values) {
    return Tensor.of(values, values.length, 1);
  }

  @Test
  void hvpAgreesWithTheHessian() {
    Tensor x = vector(0.4, -0.7, 1.1);
    Tensor direction = vector(2, -1, 3);
    UnaryOperator<Tensor> function = z -> z.tanh().multiply(z.exp().sum()).sum();
    double[] hessian = Derivatives.hessian(function, x).toDoubles();
    double[] expected = new double[3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        expected[i] += hessian[3 * i + j] * direction.toDoubles()[j];
        assertThat(hessian[3 * i + j]).isCloseTo(hessian[3 * j + i], ROUNDING);
      }
    }
    assertThat(Derivatives.hvp(function, x, direction).toDoubles())
        .containsExactly(expected, ROUNDING);
  }

  @Test
  void hvpOfALinearFunctionIsZero() {
    assertThat(Derivatives.hvp(Tensor::sum, vector(1, 2), vector(3, 4)).toDoubles())
        .containsExactly(0, 0);
  }

  @Test
  void jacobianHasTheAxesOfTheValueThenThoseOfTheInput() {
    Tensor x = Tensor.of(new double[] {1, 2, 3, 4}, 2, 2);
    Tensor jacobian = Derivatives.jacobian(z -> z.square().sum(1), x);
    assertThat(jacobian.shape().toArray()).containsExactly(2, 2, 2);
    assertThat(jacobian.toDoubles()).containsExactly(2, 4, 0, 0, 0, 0, 6, 8);
    Tensor constant = Derivatives.jacobian(z -> vector(1, 2, 3), x);
    assertThat(constant.shape().toArray()).containsExactly(3, 2, 2);
    assertThat(constant.toDoubles()).containsOnly(0);
  }

  @Test
  void hessianOfAQuadraticFormIsItsMatrix() {
    Tensor matrix = Tensor.of(new double[] {4, 1, 1, 3}, 2, 2);
    Tensor x = column(5, -2);
    Tensor hessian = Derivatives.hessian(z -> z.multiply(matrix.matmul(z)).sum().multiply(0.5), x);
    assertThat(hessian.shape().toArray()).containsExactly(2, 1, 2, 1);
    assertThat(hessian.toDoubles()).containsExactly(4, 1, 1, 3);
  }

  @Test
  void everythingElseIsClosed() {
    Tensor x = vector(1, 2, 3);
    long before = Backends.current().memory().storages();
    Derivatives.hessian(DerivativesTest::cubes, x).close();
    Derivatives.hvp(DerivativesTest::cubes, x, x).close();
    Derivatives.jvp(DerivativesTest::cubes, x, x).close();
    assertThat(Backends.current().memory().storages()).isEqualTo(before);
  }

  @Test
  void wrongUsesSayWhatIsWrong() {
    assertThatThrownBy(() -> Derivatives.grad(Tensor::exp).apply(vector(1, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("grad: the function's value is not a scalar")
        .hasMessageContaining("float64[2]");
    assertThatThrownBy(() -> Derivatives.hvp(Tensor::sum, vector(1, 2), vector(1, 2, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("hvp: the direction has another shape");
    assertThatThrownBy(
            () -> Derivatives.vjp(in -> in.get(0).exp(), List.of(vector(1)), vector(1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the seed has another shape");
    Tensor closed = vector(1);
    closed.close();
    assertThatThrownBy(() -> Derivatives.grad(Tensor::sum).apply(closed))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("track: the tensor is closed");
  }
}
