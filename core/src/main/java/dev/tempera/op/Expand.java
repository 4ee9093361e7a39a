package dev.tempera.op;

import dev.tempera.data.Shape;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/** Stretches axes of length 1 without copying; the gradient sums over them. */
public final class Expand {
  private Expand() {}

  /**
   * The tensor stretched to a shape it broadcasts to.
   *
   * @throws dev.tempera.data.ShapeException if it does not
   */
  public static Tensor apply(Tensor x, Shape shape) {
    Recording recording = Recording.of("expand", x);
    Shape from = x.shape();
    return recording.sharedResult(
        x.view().expand(shape), (gradient, into) -> into.add(0, () -> SumTo.apply(gradient, from)));
  }
}
