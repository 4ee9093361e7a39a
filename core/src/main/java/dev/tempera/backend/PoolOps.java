package dev.tempera.backend;

import dev.tempera.data.Shape;
import dev.tempera.data.View;

/**
 * Pooling over windows of (N, C, H, W), its gradients, and the gradient of those. Any strides come
 * in.
 */
public interface PoolOps {
  /**
   * The largest element of each window and where it was.
   *
   * @param value (N, C, H′, W′); NaN if the window holds one
   * @param position row · kernelX + column within the window of the first largest element, in the
   *     memory order of the value: uint8 for windows of at most 256 elements, else int32
   */
  record Pooled(View value, View position) {}

  /** Maximum of each window. */
  Pooled maxPool2d(View x, Pool2dParams params);

  /**
   * Scatters the gradient of each window to the position of its maximum, adding where windows
   * overlap.
   */
  View maxPool2dGrad(View gradient, View position, Pool2dParams params, Shape inputShape);

  /**
   * Picks from x, for each window, the element at the given position: the gradient of {@link
   * #maxPool2dGrad}.
   */
  View maxPool2dPick(View x, View position, Pool2dParams params);

  /** Average of each window; see {@link Pool2dParams#divisor}. */
  View avgPool2d(View x, Pool2dParams params);

  /** Spreads the gradient of each window evenly over its elements. */
  View avgPool2dGrad(View gradient, Pool2dParams params, Shape inputShape);
}
