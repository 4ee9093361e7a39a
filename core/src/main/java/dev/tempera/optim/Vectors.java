package dev.tempera.optim;

import dev.tempera.tensor.Tensor;

/** The linear algebra of optimisers: tensors as vectors. */
final class Vectors {
  private Vectors() {}

  /** Σ aᵢ·bᵢ. */
  static double dot(Tensor a, Tensor b) {
    try (Tensor product = a.multiply(b);
        Tensor sum = product.sum()) {
      return sum.item();
    }
  }

  /** max |aᵢ|. */
  static double largest(Tensor a) {
    try (Tensor absolute = a.abs();
        Tensor largest = absolute.max()) {
      return largest.item();
    }
  }

  /** Σ |aᵢ|. */
  static double absoluteSum(Tensor a) {
    try (Tensor absolute = a.abs();
        Tensor sum = absolute.sum()) {
      return sum.item();
    }
  }

  /** a + scale·b, new. */
  static Tensor along(Tensor a, Tensor b, double scale) {
    try (Tensor scaled = b.multiply(scale)) {
      return a.add(scaled);
    }
  }

  /** A copy with memory of its own. */
  static Tensor copy(Tensor source) {
    Tensor copy = source.filledLike(0);
    copy.assign(source);
    return copy;
  }
}
