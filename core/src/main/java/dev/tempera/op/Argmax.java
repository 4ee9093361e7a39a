package dev.tempera.op;

import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/**
 * The position of the largest element along an axis. The result is of int32 and has no gradient.
 */
public final class Argmax {
  private Argmax() {}

  /**
   * The index of the first largest element along an axis, which disappears; NaN counts as the
   * largest.
   *
   * @throws ShapeException if there is no such axis, or it is empty
   */
  public static Tensor apply(Tensor x, int axis) {
    int along = Axes.normalize("argmax", x.shape(), axis);
    Recording recording = Recording.of("argmax", x);
    Unary.requireComputable("argmax", x);
    if (x.shape().dim(along) == 0) {
      throw new ShapeException("argmax: no elements to choose from\n  input   " + x.shape());
    }
    Tensor kept = recording.untracked(recording.backend().argmax(x.view(), along));
    return Reshape.to(kept, Axes.dropping(x.shape(), new int[] {along}));
  }
}
