package dev.tempera.op;

import dev.tempera.backend.CompareOp;
import dev.tempera.tensor.Tensor;

/** Roots of sums that may be 0, where a root has no slope: the gradient is 0 there. */
final class Root {
  private Root() {}

  /** The root of this degree of a tensor without negative elements. */
  static Tensor of(Tensor sum, double degree) {
    Tensor zero = sum.filledLike(0);
    Tensor isZero = Compare.apply(CompareOp.EQUAL, sum, zero);
    Tensor positive = Where.apply(isZero, sum.filledLike(1), sum);
    Tensor root = degree == 2 ? positive.sqrt() : positive.power(1 / degree);
    return Where.apply(isZero, zero, root);
  }
}
