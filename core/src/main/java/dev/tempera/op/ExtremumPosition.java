package dev.tempera.op;

import dev.tempera.backend.Backend;
import dev.tempera.backend.ReduceOp;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/** Where largest and smallest elements are: what {@link Argmax} and {@link Argmin} share. */
final class ExtremumPosition {
  private ExtremumPosition() {}

  /** The positions along an axis, which disappears. */
  static Tensor dropping(String name, ReduceOp op, Tensor x, int axis) {
    int along = Axes.normalize(name, x.shape(), axis);
    return Reshape.to(keeping(name, op, x, along), Axes.dropping(x.shape(), new int[] {along}));
  }

  /** The positions along an axis, which keeps length 1. */
  static Tensor keeping(String name, ReduceOp op, Tensor x, int axis) {
    int along = Axes.normalize(name, x.shape(), axis);
    Recording recording = Recording.of(name, x);
    Backend backend = recording.backend();
    Unary.requireComputable(name, x);
    if (x.shape().dim(along) == 0) {
      throw new ShapeException(name + ": no elements to choose from\n  input   " + x.shape());
    }
    View position =
        op == ReduceOp.MAX ? backend.argmax(x.view(), along) : backend.argmin(x.view(), along);
    return recording.untracked(position);
  }
}
