package dev.tempera.backend;

import dev.tempera.data.View;

/**
 * Exponentials normalised along an axis, their logarithms, and the gradients of both. All of them
 * subtract the largest element first, so that nothing overflows. Results of the input's shape may
 * lie in any dense memory order.
 */
public interface SoftmaxOps extends ElementwiseOps, ReduceOps {
  /** eˣ / Σ eˣ along an axis; NaN where the largest element is infinite. */
  default View softmax(View x, int axis) {
    return SoftmaxDefaults.softmax(this, x, axis);
  }

  /** x − log Σ eˣ along an axis; NaN where the largest element is infinite. */
  default View logSoftmax(View x, int axis) {
    return SoftmaxDefaults.logSoftmax(this, x, axis);
  }

  /**
   * log Σ eˣ along an axis; −∞ where all elements are.
   *
   * @return new, row-major; the axis has length 1
   */
  default View logSumExp(View x, int axis) {
    return SoftmaxDefaults.logSumExp(this, x, axis);
  }

  /**
   * The gradient of {@link #softmax}, y·(g − Σ g·y).
   *
   * @param gradient g, with respect to the result
   * @param y the result
   */
  default View softmaxGrad(View gradient, View y, int axis) {
    return SoftmaxDefaults.softmaxGrad(this, gradient, y, axis);
  }

  /**
   * The gradient of {@link #logSoftmax}, g − e^y·Σ g.
   *
   * @param gradient g, with respect to the result
   * @param y the result
   */
  default View logSoftmaxGrad(View gradient, View y, int axis) {
    return SoftmaxDefaults.logSoftmaxGrad(this, gradient, y, axis);
  }
}
