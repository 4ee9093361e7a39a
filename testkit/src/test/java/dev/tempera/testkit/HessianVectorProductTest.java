package dev.tempera.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.data.DType;
import dev.tempera.tensor.Derivatives;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Second derivatives of whole nets: against finite differences, and against PyTorch. */
@ExtendWith(LeakCheck.class)
class HessianVectorProductTest {
  private static final double STEP = 1e-4;

  private final Backend reference = Backends.named("reference");

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void aNetAgreesWithPyTorch(DType dtype) {
    new SecondOrderGoldens(reference, dtype).checkHessianVectorProduct();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void trainingWithAGradientPenaltyAgreesWithPyTorch(DType dtype) {
    new SecondOrderGoldens(reference, dtype).checkGradientPenalty();
  }

  /** H·v is the derivative of the gradient along v, for each tensor that the net takes. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void aNetAgreesWithFiniteDifferencesOfItsGradient(int input) {
    Draw draw = Draw.forName("net " + input);
    try (Backends.Choice _ = Backends.use(reference);
        TensorScope _ = TensorScope.open("net")) {
      List<Tensor> inputs = inputs(draw);
      Tensor at = inputs.get(input);
      Tensor direction = tensor(draw, 1, at.shape().toArray());
      UnaryOperator<Tensor> loss = x -> SecondOrderGoldens.loss(with(inputs, input, x));
      UnaryOperator<Tensor> gradient = Derivatives.grad(loss);
      double[] product = Derivatives.hvp(loss, at, direction).toDoubles();
      double[] ahead = gradient.apply(at.add(direction.multiply(STEP))).toDoubles();
      double[] behind = gradient.apply(at.add(direction.multiply(-STEP))).toDoubles();
      double scale = Math.sqrt(sumOfSquares(product));
      assertThat(scale).isPositive();
      for (int i = 0; i < product.length; i++) {
        // Central differences: an error of step²·third derivative, and roundings/step.
        assertThat((ahead[i] - behind[i]) / (2 * STEP)).isCloseTo(product[i], within(1e-5 * scale));
      }
    }
  }

  @Test
  void theHessianIsSymmetric() {
    Draw draw = Draw.forName("symmetry");
    try (Backends.Choice _ = Backends.use(reference);
        TensorScope _ = TensorScope.open("net")) {
      List<Tensor> inputs = inputs(draw);
      Tensor bias = inputs.get(2);
      double[] hessian =
          Derivatives.hessian(x -> SecondOrderGoldens.loss(with(inputs, 2, x)), bias).toDoubles();
      assertThat(hessian).hasSize(16);
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < i; j++) {
          assertThat(hessian[4 * i + j])
              .isCloseTo(hessian[4 * j + i], within(1e-12 * Math.sqrt(sumOfSquares(hessian))));
        }
      }
    }
  }

  private static List<Tensor> inputs(Draw draw) {
    return List.of(
        tensor(draw, 1, 2, 3, 7, 6),
        tensor(draw, 0.3, 4, 3, 3, 3),
        tensor(draw, 1, 4),
        tensor(draw, 0.3, 5, 4, 3, 3),
        tensor(draw, 0.3, 20, 3));
  }

  private static Tensor tensor(Draw draw, double scale, int... shape) {
    return Tensor.of(draw.normal(shape).values(), shape).multiply(scale);
  }

  private static List<Tensor> with(List<Tensor> inputs, int index, Tensor other) {
    List<Tensor> changed = new ArrayList<>(inputs);
    changed.set(index, other);
    return changed;
  }

  private static double sumOfSquares(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return sum;
  }
}
