package dev.tempera.weights;

import java.util.Arrays;

/**
 * The leading eigenvectors of a covariance, those of the largest variances λ, scaled so that data
 * along each has a comparable variance: v/√(λ + 0.05·mean λ). The element of a vector with the
 * largest magnitude is positive.
 */
final class PrincipalComponents {
  private static final double SOFTENING = 0.05;

  /**
   * A variance below this share of the largest may be rounding alone: covariances come in float,
   * whose rounding adds up to variances of some 10⁻⁶ of the largest.
   */
  private static final double LEAST_SHARE = 1e-5;

  private final SymmetricEigen eigen;
  private final double meanVariance;

  /**
   * The components of a covariance.
   *
   * @throws ArithmeticException if they cannot be found
   */
  PrincipalComponents(PatchCovariance covariance) {
    eigen = new SymmetricEigen(covariance.values(), covariance.dimension());
    meanVariance = Arrays.stream(eigen.values()).sum() / covariance.dimension();
  }

  /** Along how many directions the data varies. */
  int rank() {
    double least = LEAST_SHARE * eigen.values()[0];
    return (int) Arrays.stream(eigen.values()).filter(variance -> variance > least).count();
  }

  /**
   * The leading eigenvectors, scaled.
   *
   * @param count how many, at most the rank
   * @return (count, dimension of the covariance)
   */
  double[][] scaledDirections(int count) {
    double[][] directions = eigen.leadingVectors(count);
    for (int i = 0; i < count; i++) {
      double deviation = Math.sqrt(eigen.values()[i] + SOFTENING * meanVariance);
      scale(directions[i], 1 / deviation);
    }
    return directions;
  }

  /** Multiplies a vector, and by −1 where needed to make its largest element positive. */
  private static void scale(double[] vector, double factor) {
    double largest = 0;
    for (double element : vector) {
      if (Math.abs(element) > Math.abs(largest)) {
        largest = element;
      }
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= Math.copySign(factor, largest);
    }
  }
}
