package dev.tempera.op;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Saved;
import dev.tempera.tensor.Tensor;

/**
 * The Gram matrix of feature maps, G = F·Fᵀ with F the channels × pixels matrix (Gatys, Ecker and
 * Bethge, 2016, equation 3), not normalised. With S = ∂/∂G + (∂/∂G)ᵀ the gradient is S·F.
 */
public final class Gram {
  private Gram() {}

  /**
   * The inner products of all pairs of channels.
   *
   * @param features (N, C, H, W) or (N, C, pixels)
   * @return (N, C, C)
   * @throws ShapeException if there are other than three or four axes
   */
  public static Tensor apply(Tensor features) {
    Shape shape = features.shape();
    if (shape.rank() != 3 && shape.rank() != 4) {
      throw new ShapeException(
          "gram: features need three or four axes\n  input   "
              + shape
              + "\n  rule    (N, C, H, W) or (N, C, pixels)");
    }
    if (shape.rank() == 4) {
      try (Tensor rows =
          features.reshape(shape.dim(0), shape.dim(1), shape.dim(2) * shape.dim(3))) {
        return apply(rows);
      }
    }
    Recording recording = Recording.of("gram", features);
    Unary.requireComputable("gram", features);
    View y = recording.backend().gram(features.view());
    Saved kept = recording.save(features, true);
    return recording.result(
        y,
        (gradient, into) ->
            into.add(
                0,
                () -> {
                  Tensor symmetric = gradient.add(gradient.transpose());
                  Tensor own = into.isLastRun() ? kept.takeOver() : null;
                  return own == null
                      ? product(kept.tensor(), symmetric)
                      : productInPlace(own, symmetric);
                }));
  }

  /** S·F, computed pixels × channels so that it lies channels-last as activations do. */
  private static Tensor product(Tensor features, Tensor symmetric) {
    return features.transpose().matmul(symmetric).transpose();
  }

  /** S·F in the place of F. */
  private static Tensor productInPlace(Tensor features, Tensor symmetric) {
    Recording recording = Recording.of("gram", features, symmetric);
    View pixels = features.view().transposed();
    recording.write(() -> recording.backend().multiplyInPlace(pixels, symmetric.view()));
    return features;
  }
}
