package dev.tempera.optim;

import dev.tempera.backend.Backend;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/** The linear algebra of optimisers: tensors as vectors. */
final class Vectors {
  private Vectors() {}

  /**
   * Σ aᵢ·bᵢ.
   *
   * @throws ShapeException if the shapes differ
   */
  static double dot(Tensor a, Tensor b) {
    Backend backend = Recording.of("dot", a, b).backend();
    if (!a.shape().equals(b.shape())) {
      throw new ShapeException(
          "dot: the shapes differ\n  left    "
              + a.dtype()
              + a.shape()
              + "\n  right   "
              + b.dtype()
              + b.shape()
              + "\n  rule    equal shapes");
    }
    return backend.dot(a.view(), b.view());
  }

  /** max |aᵢ|. */
  static double largest(Tensor a) {
    try (Tensor largest = a.max();
        Tensor smallest = a.min()) {
      return Math.max(largest.item(), -smallest.item());
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
