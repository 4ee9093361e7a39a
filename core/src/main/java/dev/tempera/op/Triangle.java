package dev.tempera.op;

import dev.tempera.backend.Backends;
import dev.tempera.backend.CompareOp;
import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Tensor;

/** The part of matrices on one side of a diagonal, zeros on the other; the gradient likewise. */
public final class Triangle {
  /** Up to this number, float32 holds every index. */
  private static final int EXACT_IN_FLOAT32 = 1 << 24;

  private Triangle() {}

  /**
   * The elements on and below a diagonal.
   *
   * @param x (…, M, N)
   * @param offset of the diagonal: column index − row index
   * @throws ShapeException if there are fewer than two axes
   */
  public static Tensor lower(Tensor x, int offset) {
    return where("tril", x, CompareOp.LESS_OR_EQUAL, offset);
  }

  /**
   * The elements on and above a diagonal.
   *
   * @param x (…, M, N)
   * @param offset of the diagonal: column index − row index
   * @throws ShapeException if there are fewer than two axes
   */
  public static Tensor upper(Tensor x, int offset) {
    return where("triu", x, CompareOp.GREATER_OR_EQUAL, offset);
  }

  /** Elements whose column index stands in a relation to row index + offset. */
  private static Tensor where(String op, Tensor x, CompareOp relation, int offset) {
    Shape shape = x.shape();
    if (shape.rank() < 2) {
      throw new ShapeException(
          op + ": needs matrices\n  input   " + shape + "\n  rule    (…, M, N)");
    }
    Unary.requireComputable(op, x);
    double rows = shape.dim(-2);
    double columns = shape.dim(-1);
    double first = Math.clamp(offset, -rows, columns);
    DType indices = rows + columns <= EXACT_IN_FLOAT32 ? DType.FLOAT32 : DType.FLOAT64;
    try (Backends.Choice _ = Backends.use(x.backend())) {
      Tensor row = Unsqueeze.apply(Tensor.arange(indices, first, first + rows, 1), 1);
      Tensor column = Tensor.arange(indices, 0, columns, 1);
      Tensor inside = Compare.apply(relation, column, row);
      return Where.apply(inside, x, Tensor.filled(x.dtype(), Shape.scalar(), 0));
    }
  }
}
