package dev.tempera.op;

import dev.tempera.backend.Backends;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.CustomOp;
import dev.tempera.tensor.Tensor;
import java.util.List;

/**
 * Solves the Lyapunov equation S·X + X·S = G for X, where the eigenvalues of S are positive: the
 * gradient of {@link MatrixSquareRoot}. Found by the Newton–Schulz iteration for the matrix sign of
 * (S, G; 0, −S), whose upper right block tends to 2·X (Higham, "Functions of Matrices", 2008,
 * section 5.2; Lin and Maji, 2017, equation 13):
 *
 * <p>Sₖ₊₁ = Sₖ·(3·I − Sₖ²)/2 and Gₖ₊₁ = (Gₖ·(3·I − Sₖ²) − Sₖ·(Sₖ·Gₖ − Gₖ·Sₖ))/2, from S/‖S‖ and
 * G/‖S‖.
 *
 * <p>With W the solution for Sᵀ and the gradient with respect to X on the right, the gradient with
 * respect to G is W, and that with respect to S is −(W·Xᵀ + Xᵀ·W).
 */
public final class Lyapunov {
  private static final CustomOp OP =
      CustomOp.of("lyapunov", in -> solve(in.get(0), in.get(1)))
          .keepingInput(0)
          .keepingOutput()
          .withGradient(
              0,
              (gradient, kept) -> {
                Tensor w = apply(kept.input(0).transpose(), gradient);
                Tensor x = kept.output().transpose();
                return w.matmul(x).add(x.matmul(w)).negate();
              })
          .withGradient(1, (gradient, kept) -> apply(kept.input(0).transpose(), gradient));

  private Lyapunov() {}

  /**
   * The solutions X of S·X + X·S = G. Values are read back, to see when to stop. Where eigenvalues
   * of S are 0 there may be no solution; the result is then some matrix whose residual is small.
   *
   * @param s (…, N, N), each with eigenvalues whose real parts are positive, such as square roots
   * @param g of the shape and type of s
   * @throws ShapeException if these are no square matrices of one shape
   * @throws IllegalArgumentException if the element types differ or are not computed in
   */
  public static Tensor apply(Tensor s, Tensor g) {
    MatrixSquareRoot.requireSquare("lyapunov", "S      ", s);
    if (!s.shape().equals(g.shape()) || s.dtype() != g.dtype()) {
      throw new ShapeException(
          "lyapunov: the matrices differ\n  S       "
              + s.dtype()
              + s.shape()
              + "\n  G       "
              + g.dtype()
              + g.shape()
              + "\n  rule    one type and one shape for both");
    }
    return OP.apply(s, g);
  }

  private static Tensor solve(Tensor s, Tensor g) {
    if (s.shape().size() == 0) {
      return g.detach();
    }
    try (Backends.Choice _ = Backends.use(s.backend())) {
      Tensor norms = MatrixIteration.squaredNorms(s).sqrt();
      Tensor scaled = s.divide(norms);
      Tensor thrice = MatrixIteration.identity(s, 3);
      MatrixIteration.Solution solution =
          MatrixIteration.run(
              List.of(g, scaled),
              state -> {
                Tensor gradient = state.get(0);
                Tensor a = state.get(1);
                Tensor t = thrice.subtract(a.matmul(a)).multiply(0.5);
                Tensor commutator = a.matmul(gradient).subtract(gradient.matmul(a));
                Tensor next = gradient.matmul(t).subtract(a.matmul(commutator).multiply(0.5));
                return List.of(next, a.matmul(t));
              },
              twice -> scaled.matmul(twice).add(twice.matmul(scaled)).multiply(0.5).subtract(g));
      return solution.best().divide(norms.multiply(2));
    }
  }
}
