package dev.tempera.op;

import dev.tempera.data.Mask;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Passes a gradient on where a mask's bit is set: the gradient of {@link Relu}, and its own. */
public final class ApplyMask {
  private ApplyMask() {}

  /**
   * Elements of x where the mask's bit is set, 0 elsewhere.
   *
   * @throws ShapeException if the shapes differ
   */
  public static Tensor apply(Tensor x, Mask mask) {
    Recording recording = Recording.of("applyMask", x);
    if (!x.shape().equals(mask.shape())) {
      throw new ShapeException(
          "applyMask: the mask has another shape\n  input   "
              + x.shape()
              + "\n  mask    "
              + mask.shape());
    }
    View y = recording.backend().applyMask(x.view(), mask);
    if (recording.isActive()) {
      mask.storage().retain();
      recording.keep(mask.storage());
    }
    return recording.result(y, (gradient, into) -> into.add(0, () -> apply(gradient, mask)));
  }

  /** All of x if there is no mask. */
  static Tensor orAll(Tensor x, @Nullable Mask mask) {
    return mask == null ? x : apply(x, mask);
  }
}
