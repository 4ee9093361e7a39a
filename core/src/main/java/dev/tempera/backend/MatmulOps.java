package dev.tempera.backend;

import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/** Matrix products. */
public interface MatmulOps extends MemoryOps {
  /**
   * The product of two stacks of matrices.
   *
   * @param a (batch, M, K), any strides: a transposed operand is a permuted view
   * @param b (batch, K, N), any strides; one of the batch lengths may be stretched (stride 0)
   * @return (batch, M, N), new, row-major
   */
  View matmul(View a, View b);

  /**
   * F·Fᵀ of each matrix of a stack, for Gram matrices and covariances. Symmetric to the bit.
   *
   * @param features (batch, C, M), any strides; channels-last activations have stride 1 along C
   * @return (batch, C, C), new, row-major
   */
  default View gram(View features) {
    return matmul(features, features.transposed());
  }

  /**
   * A view of {@code x} under another shape: the same memory where strides allow, with one more
   * holder, else a copy.
   */
  default View reshaped(View x, Shape shape) {
    View same = x.reshape(shape);
    if (same != null) {
      x.storage().retain();
      return same;
    }
    return View.dense(
        contiguous(x, MemoryOrder.ROW_MAJOR).storage(), x.dtype(), shape, MemoryOrder.ROW_MAJOR);
  }
}
