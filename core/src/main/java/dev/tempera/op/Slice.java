package dev.tempera.op;

import dev.tempera.backend.Backend;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/** A range of an axis, without copying; the gradient is zero outside of it. */
public final class Slice {
  private Slice() {}

  /**
   * Every {@code step}-th element of an axis from {@code start} to before {@code end}.
   *
   * @param start counted from the end if negative
   * @param end counted from the end if negative
   * @throws ShapeException if the range does not lie inside the axis
   */
  public static Tensor apply(Tensor x, int axis, int start, int end, int step) {
    int along = Axes.normalize("slice", x.shape(), axis);
    int length = x.shape().dim(along);
    int from = start < 0 ? start + length : start;
    int to = end < 0 ? end + length : end;
    if (from < 0 || to > length || from > to || step < 1) {
      throw new ShapeException(
          "slice: the range does not lie inside the axis\n  input   "
              + x.shape()
              + "\n  range   axis "
              + axis
              + ", "
              + start
              + " to "
              + end
              + ", step "
              + step
              + "\n  rule    0 ≤ start ≤ end ≤ "
              + length
              + ", step ≥ 1");
    }
    Recording recording = Recording.of("slice", x);
    Shape shape = x.shape();
    return recording.sharedResult(
        x.view().slice(along, from, (to - from + step - 1) / step, step),
        (gradient, into) -> into.add(0, () -> embed(gradient, shape, along, from, step)));
  }

  /** Zeros of a shape with x written into a range of an axis: the gradient of a slice. */
  private static Tensor embed(Tensor x, Shape shape, int axis, int start, int step) {
    Recording recording = Recording.of("sliceGradient", x);
    Backend backend = recording.backend();
    View y = backend.filled(x.dtype(), shape, 0);
    int length = x.shape().dim(axis);
    backend.assign(y.slice(axis, start, length, step), x.view());
    int end = length == 0 ? start : start + (length - 1) * step + 1;
    return recording.result(
        y, (gradient, into) -> into.add(0, () -> apply(gradient, axis, start, end, step)));
  }
}
