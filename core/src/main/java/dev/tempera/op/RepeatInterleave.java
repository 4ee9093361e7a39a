package dev.tempera.op;

import dev.tempera.data.Shape;
import dev.tempera.tensor.Tensor;

/** Repeats each element along an axis; the gradient sums over the repetitions. */
public final class RepeatInterleave {
  private RepeatInterleave() {}

  /**
   * The tensor with each element of an axis several times in a row.
   *
   * @param repeats how often
   * @throws dev.tempera.data.ShapeException if there is no such axis
   * @throws IllegalArgumentException if the number of repeats is negative
   */
  public static Tensor apply(Tensor x, int axis, int repeats) {
    Shape shape = x.shape();
    int along = Axes.normalize("repeatInterleave", shape, axis);
    if (repeats < 0) {
      throw new IllegalArgumentException(
          "repeatInterleave: a negative number of repeats\n  input   "
              + shape
              + "\n  rule    repeats ≥ 0, here "
              + repeats);
    }
    Tensor apart = Unsqueeze.apply(x, along + 1);
    Tensor stretched = Expand.apply(apart, apart.shape().with(along + 1, repeats));
    return Reshape.to(stretched, shape.with(along, Math.multiplyExact(shape.dim(along), repeats)));
  }
}
