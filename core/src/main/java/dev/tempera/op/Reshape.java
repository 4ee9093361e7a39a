package dev.tempera.op;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;
import java.util.Arrays;

/**
 * The same elements, in row-major order, under another shape; shares memory where strides allow.
 */
public final class Reshape {
  private Reshape() {}

  /**
   * The tensor under another shape.
   *
   * @param lengths of the new axes; one may be −1 and is worked out
   * @throws ShapeException if the number of elements would change
   */
  public static Tensor apply(Tensor x, int... lengths) {
    int[] resolved = lengths.clone();
    long known = 1;
    int open = -1;
    for (int axis = 0; axis < lengths.length; axis++) {
      if (lengths[axis] != -1) {
        known *= lengths[axis];
      } else if (open >= 0) {
        throw new ShapeException(
            "reshape: more than one length is −1\n  target  " + Arrays.toString(lengths));
      } else {
        open = axis;
      }
    }
    if (open >= 0) {
      if (known == 0 || x.shape().size() % known != 0) {
        throw new ShapeException(
            "reshape: "
                + x.shape().size()
                + " elements do not divide into the other axes\n  input   "
                + x.shape()
                + "\n  target  "
                + Arrays.toString(lengths));
      }
      resolved[open] = Math.toIntExact(x.shape().size() / known);
    }
    return to(x, Shape.of(resolved));
  }

  /**
   * The tensor under another shape.
   *
   * @throws ShapeException if the number of elements would change
   */
  public static Tensor to(Tensor x, Shape shape) {
    Recording recording = Recording.of("reshape", x);
    if (x.shape().equals(shape)) {
      return recording.unchanged();
    }
    if (shape.size() != x.shape().size()) {
      throw new ShapeException(
          "reshape: the number of elements would change\n  input   "
              + x.shape()
              + "  "
              + x.shape().size()
              + " elements\n  target  "
              + shape
              + "  "
              + shape.size()
              + " elements");
    }
    View y = recording.backend().reshaped(x.view(), shape);
    Shape from = x.shape();
    return recording.result(y, (gradient, into) -> into.add(0, () -> to(gradient, from)));
  }
}
