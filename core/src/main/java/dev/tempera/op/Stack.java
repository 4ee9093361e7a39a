package dev.tempera.op;

import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Tensor;
import java.util.List;

/** Tensors of one shape side by side along a new axis. */
public final class Stack {
  private Stack() {}

  /**
   * The parts side by side along a new axis.
   *
   * @param axis the new axis's index in the result, counted from the end if negative
   * @throws ShapeException if the shapes or types differ, or the result has no such axis
   * @throws IllegalArgumentException if there are no parts
   */
  public static Tensor apply(List<Tensor> parts, int axis) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("stack: there are no parts");
    }
    Tensor first = parts.getFirst();
    int place = axis < 0 ? axis + first.shape().rank() + 1 : axis;
    for (Tensor part : parts) {
      if (!part.shape().equals(first.shape()) || part.dtype() != first.dtype()) {
        throw new ShapeException(
            "stack: the parts differ\n  first   "
                + first.dtype()
                + first.shape()
                + "\n  part    "
                + part.dtype()
                + part.shape()
                + "\n  rule    one type and one shape for all"
                + "\n  hint    concat joins parts along an axis that they have");
      }
    }
    Unsqueeze.inserted("stack", first.shape(), axis);
    return Concat.apply(parts.stream().map(part -> Unsqueeze.apply(part, place)).toList(), place);
  }
}
