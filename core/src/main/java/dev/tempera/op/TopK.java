package dev.tempera.op;

import dev.tempera.backend.SortOrder;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/**
 * The k largest or smallest elements along an axis, in order. Of equal ones the earlier come first,
 * and NaN counts as the largest. The gradient goes back to where the elements were.
 */
public final class TopK {
  private TopK() {}

  /**
   * The k largest elements along an axis, the largest first, and where they were.
   *
   * @throws ShapeException if there is no such axis, or it is shorter than k
   */
  public static ValuesAndIndices largest(Tensor x, int k, int axis) {
    return first(x, k, axis, SortOrder.DESCENDING);
  }

  /**
   * The k smallest elements along an axis, the smallest first, and where they were.
   *
   * @throws ShapeException if there is no such axis, or it is shorter than k
   */
  public static ValuesAndIndices smallest(Tensor x, int k, int axis) {
    return first(x, k, axis, SortOrder.ASCENDING);
  }

  private static ValuesAndIndices first(Tensor x, int k, int axis, SortOrder order) {
    int along = Axes.normalize("topK", x.shape(), axis);
    Recording recording = Recording.of("topK", x);
    Unary.requireComputable("topK", x);
    int length = x.shape().dim(along);
    if (k < 0 || k > length) {
      throw new ShapeException(
          "topK: there are no "
              + k
              + " elements along axis "
              + axis
              + "\n  input   "
              + x.shape()
              + "\n  rule    0 ≤ k ≤ "
              + length);
    }
    return Sort.wrap(
        recording, x.shape(), recording.backend().topK(x.view(), k, along, order), along);
  }
}
