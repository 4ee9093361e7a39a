package dev.tempera.tensor;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.op.Convert;
import dev.tempera.op.Expand;
import dev.tempera.op.Matmul;
import dev.tempera.op.Permute;
import dev.tempera.op.Reshape;
import dev.tempera.op.Slice;

/** Products, and the same elements under other shapes and types. */
sealed interface FluentShapes permits Tensor {
  /** This tensor. */
  Tensor self();

  /** The matrix product; leading axes are stacks of matrices and broadcast. */
  default Tensor matmul(Tensor other) {
    return Matmul.apply(self(), other);
  }

  /** The same elements, in row-major order, under another shape; one length may be −1. */
  default Tensor reshape(int... shape) {
    return Reshape.apply(self(), shape);
  }

  /** The axes in another order: axis i of the result is axis {@code order[i]} of this. */
  default Tensor permute(int... order) {
    return Permute.apply(self(), order);
  }

  /** The last two axes exchanged. */
  default Tensor transpose() {
    return Permute.transpose(self());
  }

  /** Elements {@code start} to {@code end} − 1 of an axis. */
  default Tensor slice(int axis, int start, int end) {
    return Slice.apply(self(), axis, start, end, 1);
  }

  /** Stretched to a shape it broadcasts to. */
  default Tensor expand(int... shape) {
    return Expand.apply(self(), Shape.of(shape));
  }

  /** The same values in another element type. */
  default Tensor to(DType dtype) {
    return Convert.apply(self(), dtype);
  }
}
