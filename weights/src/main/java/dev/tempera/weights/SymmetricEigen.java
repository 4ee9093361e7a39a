package dev.tempera.weights;

import dev.tempera.data.Philox;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.eig.symm.SymmetricQrAlgorithm_DDRM;

/**
 * The eigenvalues of a symmetric matrix, and the eigenvectors of the largest of them.
 *
 * <p>EJML makes the matrix tridiagonal and finds all eigenvalues. The eigenvectors that are asked
 * for are found by inverse iteration (Peters and Wilkinson, 1979), which for a ninth of them takes
 * a third of the time that finding all of them does.
 */
final class SymmetricEigen {
  private static final int ITERATIONS = 3;
  private static final double ROUNDING = 0x1p-52;
  private static final double LEAST_PIVOT = 1e-100;

  private final TridiagonalReduction reduction;
  private final double[] values;

  /**
   * Finds the eigenvalues.
   *
   * @param matrix size × size, symmetric, row-major
   * @throws ArithmeticException if they do not converge, as with numbers that are not finite
   */
  SymmetricEigen(double[] matrix, int size) {
    reduction = new TridiagonalReduction(matrix, size);
    SymmetricQrAlgorithm_DDRM algorithm = new SymmetricQrAlgorithm_DDRM();
    double[] diagonal = reduction.diagonal().clone();
    double[] offDiagonal = reduction.offDiagonal().clone();
    if (!algorithm.process(size, diagonal, offDiagonal)) {
      throw new ArithmeticException(
          "eigenvalues: those of a " + size + " × " + size + " matrix do not converge");
    }
    values = new double[size];
    Arrays.setAll(values, algorithm::getEigenvalue);
    Arrays.sort(values);
    for (int i = 0; i < size / 2; i++) {
      double smaller = values[i];
      values[i] = values[size - 1 - i];
      values[size - 1 - i] = smaller;
    }
  }

  /** All eigenvalues, the largest first. */
  double[] values() {
    return values;
  }

  /**
   * Eigenvectors of length 1, at right angles to each other.
   *
   * @param count of how many eigenvalues, from the largest on
   * @return (count, size)
   */
  double[][] leadingVectors(int count) {
    int size = values.length;
    double[][] vectors = new double[count][];
    DMatrixRMaj columns = new DMatrixRMaj(size, count);
    for (int i = 0; i < count; i++) {
      vectors[i] = ofTridiagonal(vectors, i);
      for (int j = 0; j < size; j++) {
        columns.set(j, i, vectors[i][j]);
      }
    }
    reduction.multiplyByQ(columns);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < size; j++) {
        vectors[i][j] = columns.get(j, i);
      }
    }
    return vectors;
  }

  /** The eigenvector of eigenvalue {@code index} of the tridiagonal matrix. */
  private double[] ofTridiagonal(double[][] found, int index) {
    double norm = Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
    TridiagonalFactors factors =
        new TridiagonalFactors(
            reduction.diagonal(),
            reduction.offDiagonal(),
            values[index],
            Math.max(ROUNDING * norm, LEAST_PIVOT));
    float[] start = new Philox(0, index).normal(values.length);
    double[] vector = new double[start.length];
    Arrays.setAll(vector, i -> start[i]);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      normalize(vector);
      factors.solve(vector);
      for (int i = 0; i < index; i++) {
        double along = dot(vector, found[i]);
        for (int j = 0; j < vector.length; j++) {
          vector[j] -= along * found[i][j];
        }
      }
    }
    normalize(vector);
    return vector;
  }

  private static void normalize(double[] vector) {
    double length = Math.sqrt(dot(vector, vector));
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= length;
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
