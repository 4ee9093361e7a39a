package dev.tempera.backend;

import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;

/** Matrix products. */
public interface MatmulOps extends MemoryOps {
  /** A product of this size stays in cache until it has been copied to its place. */
  long PIECE_BYTES = 4L << 20;

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
   * @throws ShapeException if there are other than three axes
   */
  default View gram(View features) {
    gramShape(features.shape());
    return matmul(features, features.transposed());
  }

  /**
   * x ← x·m for each matrix of a stack, in place: some rows after others are replaced.
   *
   * @param x (batch, M, K), dense with its axes in any order; written
   * @param m (batch, K, K), any strides
   */
  default void multiplyInPlace(View x, View m) {
    int rows = x.shape().dim(1);
    long rowBytes = x.shape().size() * x.dtype().byteSize() / Math.max(rows, 1);
    int pieceRows = Math.clamp(PIECE_BYTES / Math.max(rowBytes, 1), 1, Math.max(rows, 1));
    for (int start = 0; start < rows; start += pieceRows) {
      View piece = x.slice(1, start, Math.min(pieceRows, rows - start), 1);
      View product = matmul(piece, m);
      assign(piece, product);
      product.storage().release();
    }
  }

  /**
   * The shape of the result of {@link #gram}, (batch, C, C).
   *
   * @param features (batch, C, M)
   * @throws ShapeException if there are other than three axes
   */
  static Shape gramShape(Shape features) {
    if (features.rank() != 3) {
      throw new ShapeException(
          "gram: features need three axes\n  input   "
              + features
              + "\n  rule    (batch, C, M), here "
              + features.rank()
              + " axes\n  hint    join the axes of pixels with reshape");
    }
    return Shape.of(features.dim(0), features.dim(1), features.dim(1));
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
