package dev.tempera.op;

import dev.tempera.backend.Pool2dParams;
import dev.tempera.data.Shape;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/**
 * Average of each window of an image; the gradient spreads evenly over the window. Nothing is kept.
 */
public final class AvgPool2d {
  private AvgPool2d() {}

  /**
   * The average of each window; see {@link Pool2dParams#countPadding}.
   *
   * @param x (N, C, H, W)
   * @return (N, C, H′, W′)
   * @throws dev.tempera.data.ShapeException if no window fits
   */
  public static Tensor apply(Tensor x, Pool2dParams params) {
    Recording recording = Recording.of("avgPool2d", x);
    Unary.requireComputable("avgPool2d", x);
    params.outputShape("avgPool2d", x.shape());
    Shape shape = x.shape();
    return recording.result(
        recording.backend().avgPool2d(x.view(), params),
        (gradient, into) -> into.add(0, () -> spread(gradient, params, shape)));
  }

  private static Tensor spread(Tensor x, Pool2dParams params, Shape inputShape) {
    Recording recording = Recording.of("avgPool2dGrad", x);
    return recording.result(
        recording.backend().avgPool2dGrad(x.view(), params, inputShape),
        (gradient, into) -> into.add(0, () -> apply(gradient, params)));
  }
}
