package dev.tempera.weights;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.hessenberg.TridiagonalDecompositionHouseholder_DDRM;
import org.ejml.dense.row.decomposition.qr.QrHelperFunctions_DDRM;

/**
 * A symmetric matrix as A = Q·T·Qᵀ with T tridiagonal and Q orthogonal, by EJML; Q stays a product
 * of Householder reflections, so that a few vectors can be multiplied by it cheaply.
 */
final class TridiagonalReduction extends TridiagonalDecompositionHouseholder_DDRM {
  private final double[] diagonal;
  private final double[] offDiagonal;

  /**
   * Reduces a matrix.
   *
   * @param matrix size × size, symmetric, row-major
   */
  TridiagonalReduction(double[] matrix, int size) {
    decompose(DMatrixRMaj.wrap(size, size, matrix.clone()));
    diagonal = new double[size];
    offDiagonal = new double[size];
    getDiagonal(diagonal, offDiagonal);
  }

  /** T's diagonal. */
  double[] diagonal() {
    return diagonal;
  }

  /** What stands beside T's diagonal: one number for each of its rows but the last. */
  double[] offDiagonal() {
    return offDiagonal;
  }

  /** Replaces vectors, the columns of a matrix, by Q times them. */
  void multiplyByQ(DMatrixRMaj vectors) {
    int size = diagonal.length;
    double[] reflector = new double[size];
    double[] products = new double[vectors.numCols];
    for (int i = size - 2; i >= 0; i--) {
      reflector[i + 1] = 1;
      for (int j = i + 2; j < size; j++) {
        reflector[j] = QT.get(i, j);
      }
      QrHelperFunctions_DDRM.rank1UpdateMultR(
          vectors, reflector, gammas[i + 1], 0, i + 1, size, products);
    }
  }
}
