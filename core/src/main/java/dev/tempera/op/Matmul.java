package dev.tempera.op;

import dev.tempera.backend.Backend;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Saved;
import dev.tempera.tensor.Tensor;
import java.util.Arrays;

/**
 * The matrix product C = A·B. Leading axes are stacks of matrices and broadcast; transposed
 * operands are not copied.
 */
public final class Matmul {
  private Matmul() {}

  /**
   * The product of two stacks of matrices.
   *
   * @param a (…, M, K)
   * @param b (…, K, N)
   * @return (…, M, N)
   * @throws ShapeException if there are fewer than two axes, or the inner lengths differ
   */
  public static Tensor apply(Tensor a, Tensor b) {
    Recording recording = Recording.of("matmul", a, b);
    Shape stack = checkedStack(a, b);
    Shape left = matrices(stack, a.shape());
    Shape right = matrices(stack, b.shape());
    View product = product(recording.backend(), a.view().expand(left), b.view().expand(right));
    Shape shape = left.with(-1, right.dim(-1));
    View y = View.of(product.storage(), product.dtype(), shape, shape.rowMajorStrides(), 0);
    Saved keptA = recording.save(a, recording.needs(1));
    Saved keptB = recording.save(b, recording.needs(0));
    Shape shapeA = a.shape();
    Shape shapeB = b.shape();
    return recording.result(
        y,
        (gradient, into) -> {
          into.add(0, () -> SumTo.apply(apply(gradient, keptB.tensor().transpose()), shapeA));
          into.add(1, () -> SumTo.apply(apply(keptA.tensor().transpose(), gradient), shapeB));
        });
  }

  /** The products of flattened stacks, (batch, M, N). */
  private static View product(Backend backend, View a, View b) {
    View first = flattened(backend, a);
    try {
      View second = flattened(backend, b);
      try {
        return backend.matmul(first, second);
      } finally {
        second.storage().release();
      }
    } finally {
      first.storage().release();
    }
  }

  private static Shape checkedStack(Tensor a, Tensor b) {
    Shape left = a.shape();
    Shape right = b.shape();
    boolean fits =
        left.rank() >= 2
            && right.rank() >= 2
            && left.dim(-1) == right.dim(-2)
            && a.dtype() == b.dtype();
    if (!fits) {
      throw new ShapeException(
          "matmul: the matrices do not fit\n  left    "
              + a.dtype()
              + left
              + "  (…, M, K)\n  right   "
              + b.dtype()
              + right
              + "  (…, K, N)\n  rule    equal types, left's last axis = right's last but one"
              + "\n  hint    transpose() one of them?");
    }
    Unary.requireComputable("matmul", a);
    return Shape.broadcast("matmul", leading(left), leading(right));
  }

  private static Shape leading(Shape shape) {
    return Shape.of(Arrays.copyOf(shape.toArray(), shape.rank() - 2));
  }

  private static Shape matrices(Shape stack, Shape shape) {
    int[] lengths = Arrays.copyOf(stack.toArray(), stack.rank() + 2);
    lengths[stack.rank()] = shape.dim(-2);
    lengths[stack.rank() + 1] = shape.dim(-1);
    return Shape.of(lengths);
  }

  /** (…, M, N) as (batch, M, N), with a hold on the storage. */
  private static View flattened(Backend backend, View x) {
    Shape shape = x.shape();
    int batch = Math.toIntExact(leading(shape).size());
    return backend.reshaped(x, Shape.of(batch, shape.dim(-2), shape.dim(-1)));
  }
}
