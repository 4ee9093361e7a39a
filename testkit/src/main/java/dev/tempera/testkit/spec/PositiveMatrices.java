package dev.tempera.testkit.spec;

import dev.tempera.tensor.Tensor;

/** Symmetric matrices with known bounds of their eigenvalues, as functions of any matrices. */
final class PositiveMatrices {
  private PositiveMatrices() {}

  /**
   * X·Xᵀ/K + least·I.
   *
   * @param x (…, N, K)
   * @param least no eigenvalue is below
   */
  static Tensor of(Tensor x, double least) {
    int size = x.shape().dim(-2);
    Tensor identity = Tensor.eye(x.dtype(), size, size).multiply(least);
    return x.matmul(x.transpose()).multiply(1.0 / x.shape().dim(-1)).add(identity);
  }
}
