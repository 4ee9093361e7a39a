package dev.tempera.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempera.data.DType;
import dev.tempera.op.Einsum;
import dev.tempera.op.MatrixSquareRoot;
import dev.tempera.op.Stack;
import dev.tempera.tensor.RandomSource;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How near square roots come to solving their equation. */
@ExtendWith(LeakCheck.class)
class MatrixSquareRootTest {
  private static final int SIZE = 12;

  /** Rounding alone limits the residual, by what Z, the inverse of the root, magnifies it. */
  @Test
  void theSquareOfTheRootIsTheMatrixHoweverSmallItsEigenvalues() {
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      for (double ratio : new double[] {1, 1e-2, 1e-4, 1e-6, 0}) {
        try (TensorScope _ = TensorScope.open("test")) {
          Tensor a = withEigenvalues(dtype, ratio);
          double magnified = ratio == 0 ? 1 : 1 / Math.sqrt(ratio);
          assertThat(residual(a))
              .as("%s, ratio %s", dtype, ratio)
              .isLessThan(64 * magnified * rounding(dtype));
        }
      }
    }
  }

  @Test
  void matricesOfAStackDoNotInfluenceOneAnother() {
    try (TensorScope _ = TensorScope.open("test")) {
      List<Tensor> matrices =
          List.of(
              withEigenvalues(DType.FLOAT64, 1e-6),
              Tensor.eye(DType.FLOAT64, SIZE, SIZE),
              Tensor.zeros(DType.FLOAT64, SIZE, SIZE),
              withEigenvalues(DType.FLOAT64, 0.5).multiply(1e6));
      Tensor roots = MatrixSquareRoot.apply(Stack.apply(matrices, 0));
      for (int i = 0; i < matrices.size(); i++) {
        double[] alone = MatrixSquareRoot.apply(matrices.get(i)).toDoubles();
        double[] together = roots.slice(0, i, i + 1).toDoubles();
        for (int j = 0; j < alone.length; j++) {
          assertThat(together[j]).isCloseTo(alone[j], within(1e-9 * (1 + Math.abs(alone[j]))));
        }
      }
    }
  }

  /**
   * Q·diag(1 … ratio)·Qᵀ, for 0 half ones and half zeros, where Q = I − 2·u·uᵀ/(u·u) is a
   * reflection.
   */
  private static Tensor withEigenvalues(DType dtype, double ratio) {
    double[] eigenvalues = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      eigenvalues[i] = ratio == 0 ? (i < SIZE / 2 ? 1 : 0) : Math.pow(ratio, i / (SIZE - 1.0));
    }
    Tensor u = new RandomSource(3).normal(0, 1, SIZE).to(DType.FLOAT64);
    Tensor outer = Einsum.apply("i,j->ij", u, u);
    Tensor scaled = outer.multiply(2 / u.square().sum().item());
    Tensor reflection = Tensor.eye(DType.FLOAT64, SIZE, SIZE).subtract(scaled);
    return Einsum.apply("ij,j,kj->ik", reflection, Tensor.of(eigenvalues, SIZE), reflection)
        .to(dtype);
  }

  /** ‖Y·Y − A‖/‖A‖ in float64. */
  private static double residual(Tensor a) {
    Tensor root = MatrixSquareRoot.apply(a).to(DType.FLOAT64);
    Tensor exact = a.to(DType.FLOAT64);
    double difference = root.matmul(root).subtract(exact).square().sum().item();
    return Math.sqrt(difference / exact.square().sum().item());
  }

  private static double rounding(DType dtype) {
    return dtype == DType.FLOAT32 ? 0x1p-24 : 0x1p-53;
  }
}
