package dev.tempera.op;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Tensor;

/** Adds an axis of length 1, without copying. */
public final class Unsqueeze {
  private Unsqueeze() {}

  /**
   * The tensor with one more axis of length 1.
   *
   * @param axis its index in the result, counted from the end if negative
   * @throws ShapeException if the result has no such axis
   */
  public static Tensor apply(Tensor x, int axis) {
    return Reshape.to(x, inserted("unsqueeze", x.shape(), axis));
  }

  /**
   * A shape with one more axis of length 1.
   *
   * @param op the operation's name, for the error
   */
  static Shape inserted(String op, Shape shape, int axis) {
    int rank = shape.rank() + 1;
    int place = axis < 0 ? axis + rank : axis;
    if (place < 0 || place >= rank) {
      throw new ShapeException(
          op
              + ": there is no place "
              + axis
              + " for an axis\n  input   "
              + shape
              + "\n  rule    −"
              + rank
              + " ≤ axis < "
              + rank);
    }
    int[] lengths = new int[rank];
    for (int i = 0; i < rank; i++) {
      lengths[i] = i == place ? 1 : shape.dim(i < place ? i : i - 1);
    }
    return Shape.of(lengths);
  }
}
