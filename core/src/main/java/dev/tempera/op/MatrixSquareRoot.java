package dev.tempera.op;

import dev.tempera.backend.Backends;
import dev.tempera.backend.CompareOp;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.CustomOp;
import dev.tempera.tensor.Tensor;
import java.util.List;

/**
 * The square root of symmetric positive semi-definite matrices: Y with Y·Y = A. Found by the
 * coupled Newton–Schulz iteration (Higham, "Functions of Matrices", 2008, equation 6.35), which
 * needs matrix products only:
 *
 * <p>Yₖ₊₁ = Yₖ·Tₖ and Zₖ₊₁ = Tₖ·Zₖ with Tₖ = (3·I − Zₖ·Yₖ)/2, from Y₀ = A/‖A‖ and Z₀ = I, where ‖A‖
 * is the Frobenius norm: then all eigenvalues lie between 0 and 1, where it converges. The residual
 * ‖Y·Y − A‖ ends at roundings of ‖A‖, which Z, tending to the inverse of the root, magnifies; for
 * matrices without full rank too, since the iteration stops before Z grows out of bounds.
 *
 * <p>The gradient X solves the Lyapunov equation Yᵀ·X + X·Yᵀ = ∂/∂Y (Lin and Maji, "Improved
 * bilinear pooling with CNNs", 2017); see {@link Lyapunov}. At matrices without full rank the
 * square root has no gradient: add a small multiple of the identity first.
 */
public final class MatrixSquareRoot {
  /** Residuals of true square roots are far below, those of matrices that have none above. */
  private static final double LARGEST_RESIDUAL = 1e-3;

  private static final CustomOp OP =
      CustomOp.of("matrixSquareRoot", in -> root(in.getFirst()))
          .keepingOutput()
          .withGradient(0, (gradient, kept) -> Lyapunov.apply(kept.output().transpose(), gradient));

  private MatrixSquareRoot() {}

  /**
   * The square roots of matrices. Values are read back, to see when to stop.
   *
   * @param a (…, N, N), each symmetric positive semi-definite
   * @throws ShapeException if these are no square matrices
   * @throws IllegalArgumentException if the element type is not one that is computed in
   * @throws ArithmeticException if a matrix has no real square root, or elements that are not
   *     finite
   */
  public static Tensor apply(Tensor a) {
    requireSquare("matrixSquareRoot", "input  ", a);
    return OP.apply(a);
  }

  static void requireSquare(String op, String role, Tensor a) {
    Unary.requireComputable(op, a);
    Shape shape = a.shape();
    if (shape.rank() < 2 || shape.dim(-1) != shape.dim(-2)) {
      throw new ShapeException(
          op + ": needs square matrices\n  " + role + " " + shape + "\n  rule    (…, N, N)");
    }
  }

  private static Tensor root(Tensor a) {
    if (a.shape().size() == 0) {
      return a.detach();
    }
    try (Backends.Choice _ = Backends.use(a.backend())) {
      Tensor norms = MatrixIteration.squaredNorms(a).sqrt();
      // A zero matrix is its own square root.
      Tensor isZero = Compare.apply(CompareOp.EQUAL, norms, norms.filledLike(0));
      Tensor scale = Where.apply(isZero, norms.filledLike(1), norms);
      Tensor scaled = a.divide(scale);
      Tensor thrice = MatrixIteration.identity(a, 3);
      MatrixIteration.Solution solution =
          MatrixIteration.run(
              List.of(scaled, MatrixIteration.identity(a, 1)),
              state -> {
                Tensor y = state.get(0);
                Tensor z = state.get(1);
                Tensor t = thrice.subtract(z.matmul(y)).multiply(0.5);
                return List.of(y.matmul(t), t.matmul(z));
              },
              y -> y.matmul(y).subtract(scaled));
      requireSolved(a, solution.residual());
      return solution.best().multiply(scale.sqrt());
    }
  }

  private static void requireSolved(Tensor a, Tensor residuals) {
    double largest = LARGEST_RESIDUAL * LARGEST_RESIDUAL;
    Tensor isFar = Compare.apply(CompareOp.GREATER, residuals, residuals.filledLike(largest));
    double[] far = isFar.toDoubles();
    for (int i = 0; i < far.length; i++) {
      if (far[i] != 0) {
        throw new ArithmeticException(
            "matrixSquareRoot: no square root was found\n  input   "
                + a.dtype()
                + a.shape()
                + ", matrix "
                + i
                + " of "
                + far.length
                + "\n  rule    symmetric, no eigenvalue below 0, all elements finite; here ‖Y·Y − A‖ = "
                + Math.sqrt(residuals.toDoubles()[i])
                + "·‖A‖ at best"
                + "\n  hint    symmetrise as (A + Aᵀ)/2, add a small multiple of the identity");
      }
    }
  }
}
