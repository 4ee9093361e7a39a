package dev.tempera.op;

import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/** Reverses the order of elements along axes; so does the gradient. */
public final class Flip {
  private Flip() {}

  /**
   * The tensor with some axes run backwards.
   *
   * @param axes which; all if none is named
   * @throws dev.tempera.data.ShapeException if an axis does not exist or is named twice
   */
  public static Tensor apply(Tensor x, int... axes) {
    Recording recording = Recording.of("flip", x);
    int[] along = Axes.normalize("flip", x.shape(), axes);
    View y = recording.backend().flipped(x.view(), along);
    return recording.result(y, (gradient, into) -> into.add(0, () -> apply(gradient, along)));
  }
}
