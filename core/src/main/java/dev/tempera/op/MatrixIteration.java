package dev.tempera.op;

import dev.tempera.backend.Backends;
import dev.tempera.backend.CompareOp;
import dev.tempera.data.Shape;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An iteration on stacks of matrices that goes on while it comes nearer to solving an equation: for
 * each matrix, the iterate that solves it best is the result. Rounding, which in the end drives
 * Newton–Schulz iterations away from the solution, so does no harm, and a matrix that has converged
 * does not wait for the others of its stack.
 */
final class MatrixIteration {
  private List<Tensor> state;
  private Tensor best;
  private Tensor least;

  private MatrixIteration(List<Tensor> start) {
    Tensor first = start.getFirst();
    state = start.stream().map(Tensor::detach).toList();
    best = first.detach();
    int[] norms = first.shape().with(-1, 1).with(-2, 1).toArray();
    least = Tensor.filled(first.dtype(), Shape.of(norms), Double.POSITIVE_INFINITY);
  }

  /**
   * What an iteration found.
   *
   * @param best for each matrix, the iterate of the least residual
   * @param residual its squared Frobenius norm, (…, 1, 1); infinite if no iterate had one
   */
  record Solution(Tensor best, Tensor residual) {}

  /**
   * Iterates until the residual of no matrix falls any more.
   *
   * @param start the state, whose first element are the iterates, (…, M, N)
   * @param step from a state to the next
   * @param residual from the iterates to what should be zero matrices
   */
  static Solution run(
      List<Tensor> start, UnaryOperator<List<Tensor>> step, UnaryOperator<Tensor> residual) {
    MatrixIteration iteration = new MatrixIteration(start);
    boolean isFalling = true;
    while (isFalling) {
      isFalling = iteration.next(step, residual);
    }
    return new Solution(iteration.best, iteration.least);
  }

  private boolean next(UnaryOperator<List<Tensor>> step, UnaryOperator<Tensor> residual) {
    List<Tensor> past = new ArrayList<>(state);
    past.add(best);
    past.add(least);
    boolean isFalling;
    try (TensorScope scope = TensorScope.open("matrix iteration")) {
      state = step.apply(state);
      Tensor norms = squaredNorms(residual.apply(state.getFirst()));
      Tensor isLess = Compare.apply(CompareOp.LESS, norms, least);
      isFalling = Arrays.stream(isLess.toDoubles()).anyMatch(value -> value != 0);
      best = Where.apply(isLess, state.getFirst(), best);
      least = Where.apply(isLess, norms, least);
      state.forEach(scope::keep);
      scope.keep(best);
      scope.keep(least);
    }
    past.forEach(Tensor::close);
    return isFalling;
  }

  /** The squared Frobenius norms of matrices, (…, 1, 1). */
  static Tensor squaredNorms(Tensor matrices) {
    return Sum.sumKeepingAxes(matrices.square(), -2, -1);
  }

  /** The identity matrix times a number, of a tensor's element type and backend. */
  static Tensor identity(Tensor like, double factor) {
    try (Backends.Choice _ = Backends.use(like.backend())) {
      int size = like.shape().dim(-1);
      return Tensor.eye(like.dtype(), size, size).multiply(factor);
    }
  }
}
