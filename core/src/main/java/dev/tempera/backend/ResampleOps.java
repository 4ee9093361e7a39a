package dev.tempera.backend;

import dev.tempera.data.Shape;
import dev.tempera.data.View;

/**
 * Linear maps along the two image axes: resizing, padding, and their gradients, which are the
 * transposed maps. Results are new and dense, channels-last if the input is, else row-major.
 */
public interface ResampleOps {
  /**
   * y[n, c, i, j] = Σ rows[i, u]·columns[j, v]·x[n, c, u, v].
   *
   * @param x (N, C, H, W), any strides
   * @param rows H′ × H
   * @param columns W′ × W
   */
  View resample2d(View x, AxisWeights rows, AxisWeights columns);

  /** Adds pixels around an image (N, C, H, W). */
  default View pad2d(View x, Padding padding) {
    return resample2d(
        x,
        AxisWeights.padding(x.shape().dim(2), padding.top(), padding.bottom(), padding.mode()),
        AxisWeights.padding(x.shape().dim(3), padding.left(), padding.right(), padding.mode()));
  }

  /** The gradient of {@link #pad2d}: what was copied to several places is summed. */
  default View pad2dGrad(View gradient, Padding padding, Shape inputShape) {
    int height = inputShape.dim(2);
    int width = inputShape.dim(3);
    return resample2d(
        gradient,
        AxisWeights.padding(height, padding.top(), padding.bottom(), padding.mode()).transposed(),
        AxisWeights.padding(width, padding.left(), padding.right(), padding.mode()).transposed());
  }
}
