package dev.tempera.op;

import dev.tempera.backend.Padding;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/**
 * Adds pixels around an image: zeros, its reflection, its edge, or its opposite side; the gradient
 * sums what was copied.
 */
public final class Pad2d {
  private Pad2d() {}

  /**
   * The padded image.
   *
   * @param x (N, C, H, W)
   * @return (N, C, top + H + bottom, left + W + right)
   * @throws ShapeException if there are not four axes, or reflection or circular padding reaches
   *     beyond the opposite edge
   */
  public static Tensor apply(Tensor x, Padding padding) {
    Recording recording = Recording.of("pad2d", x);
    Unary.requireComputable("pad2d", x);
    if (x.shape().rank() != 4) {
      throw new ShapeException(
          "pad2d: input needs four axes\n  input   " + x.shape() + "  (N, C, H, W)");
    }
    padding.outputShape("pad2d", x.shape());
    Shape shape = x.shape();
    return recording.result(
        recording.backend().pad2d(x.view(), padding),
        (gradient, into) -> into.add(0, () -> fold(gradient, padding, shape)));
  }

  private static Tensor fold(Tensor x, Padding padding, Shape inputShape) {
    Recording recording = Recording.of("pad2dGrad", x);
    return recording.result(
        recording.backend().pad2dGrad(x.view(), padding, inputShape),
        (gradient, into) -> into.add(0, () -> apply(gradient, padding)));
  }
}
