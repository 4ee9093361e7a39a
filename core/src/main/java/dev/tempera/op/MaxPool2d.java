package dev.tempera.op;

import dev.tempera.backend.Pool2dParams;
import dev.tempera.backend.PoolOps.Pooled;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/**
 * Maximum of each window of an image. The gradient goes to the first largest element of its window;
 * one byte an output element is kept to say where that is.
 */
public final class MaxPool2d {
  private MaxPool2d() {}

  /**
   * The largest element of each window.
   *
   * @param x (N, C, H, W)
   * @return (N, C, H′, W′)
   * @throws dev.tempera.data.ShapeException if no window fits
   */
  public static Tensor apply(Tensor x, Pool2dParams params) {
    Recording recording = Recording.of("maxPool2d", x);
    Unary.requireComputable("maxPool2d", x);
    params.outputShape("maxPool2d", x.shape());
    Pooled pooled = recording.backend().maxPool2d(x.view(), params);
    View position = pooled.position();
    recording.keep(position.storage());
    Shape shape = x.shape();
    return recording.result(
        pooled.value(),
        (gradient, into) -> into.add(0, () -> scatter(gradient, position, params, shape)));
  }

  /** The gradient of the maximum: each window's gradient at the position of its maximum. */
  private static Tensor scatter(Tensor x, View position, Pool2dParams params, Shape inputShape) {
    Recording recording = Recording.of("maxPool2dGrad", x);
    View y = recording.backend().maxPool2dGrad(x.view(), position, params, inputShape);
    keep(recording, position);
    return recording.result(
        y, (gradient, into) -> into.add(0, () -> pick(gradient, position, params)));
  }

  /** The gradient of {@link #scatter}: the element at each window's position. */
  private static Tensor pick(Tensor x, View position, Pool2dParams params) {
    Recording recording = Recording.of("maxPool2dPick", x);
    View y = recording.backend().maxPool2dPick(x.view(), position, params);
    keep(recording, position);
    Shape shape = x.shape();
    return recording.result(
        y, (gradient, into) -> into.add(0, () -> scatter(gradient, position, params, shape)));
  }

  private static void keep(Recording recording, View position) {
    if (recording.isActive()) {
      position.storage().retain();
      recording.keep(position.storage());
    }
  }
}
