package dev.tempera.op;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Tensors one after another along an axis; the gradient is cut at the seams. */
public final class Concat {
  private Concat() {}

  /**
   * The parts one after another along an axis.
   *
   * @throws ShapeException if the parts differ in another axis
   * @throws IllegalArgumentException if there are no parts, or their types differ
   */
  public static Tensor apply(List<Tensor> parts, int axis) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("concat: there are no parts");
    }
    Tensor first = parts.get(0);
    int along = Axes.normalize("concat", first.shape(), axis);
    Recording recording = Recording.of("concat", parts.toArray(new Tensor[0]));
    List<View> views = new ArrayList<>();
    for (Tensor part : parts) {
      requireFit(first, part, along);
      views.add(part.view());
    }
    View y = recording.backend().concat(views, along);
    int[] ends = new int[parts.size()];
    int end = 0;
    for (int i = 0; i < ends.length; i++) {
      end += parts.get(i).shape().dim(along);
      ends[i] = end;
    }
    return recording.result(
        y,
        (gradient, into) -> {
          for (int i = 0; i < ends.length; i++) {
            int start = i == 0 ? 0 : ends[i - 1];
            int stop = ends[i];
            into.add(i, () -> Slice.apply(gradient, along, start, stop, 1));
          }
        });
  }

  private static void requireFit(Tensor first, Tensor part, int axis) {
    Shape expected = first.shape();
    if (part.dtype() != first.dtype()
        || part.shape().rank() != expected.rank()
        || !part.shape().with(axis, expected.dim(axis)).equals(expected)) {
      throw new ShapeException(
          "concat: the parts do not fit\n  first   "
              + first.dtype()
              + expected
              + "\n  part    "
              + part.dtype()
              + part.shape()
              + "\n  rule    equal types, and equal lengths but for axis "
              + axis);
    }
  }
}
