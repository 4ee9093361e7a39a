package dev.tempera.weights;

/**
 * The triangular factors of a tridiagonal matrix, found with partial pivoting (Golub and Van Loan,
 * Matrix Computations, §4.3): U has two diagonals above its main one. A pivot smaller than rounding
 * counts as rounding, so that nearly singular matrices can be solved too.
 */
final class TridiagonalFactors {
  private final int size;
  private final double[] pivots;
  private final double[] above;
  private final double[] secondAbove;
  private final double[] multipliers;
  private final boolean[] exchanged;

  /**
   * Factors T − shift·I.
   *
   * @param diagonal of T
   * @param offDiagonal of T, one shorter
   * @param smallestPivot what counts as rounding, positive
   */
  TridiagonalFactors(double[] diagonal, double[] offDiagonal, double shift, double smallestPivot) {
    size = diagonal.length;
    pivots = new double[size];
    above = new double[size];
    secondAbove = new double[size];
    multipliers = new double[size];
    exchanged = new boolean[size];
    double pivot = diagonal[0] - shift;
    double next = size > 1 ? offDiagonal[0] : 0;
    for (int i = 0; i + 1 < size; i++) {
      double below = offDiagonal[i];
      double corner = diagonal[i + 1] - shift;
      double right = i + 2 < size ? offDiagonal[i + 1] : 0;
      exchanged[i] = Math.abs(below) > Math.abs(pivot);
      if (exchanged[i]) {
        pivots[i] = below;
        above[i] = corner;
        secondAbove[i] = right;
        multipliers[i] = pivot / below;
        pivot = next - multipliers[i] * corner;
        next = -multipliers[i] * right;
      } else {
        pivots[i] = atLeast(smallestPivot, pivot);
        above[i] = next;
        multipliers[i] = below / pivots[i];
        pivot = corner - multipliers[i] * next;
        next = right;
      }
    }
    pivots[size - 1] = atLeast(smallestPivot, pivot);
  }

  private static double atLeast(double smallest, double pivot) {
    return Math.abs(pivot) < smallest ? Math.copySign(smallest, pivot) : pivot;
  }

  /** Replaces a right-hand side by the solution. */
  void solve(double[] x) {
    for (int i = 0; i + 1 < size; i++) {
      if (exchanged[i]) {
        double upper = x[i];
        x[i] = x[i + 1];
        x[i + 1] = upper;
      }
      x[i + 1] -= multipliers[i] * x[i];
    }
    for (int i = size - 1; i >= 0; i--) {
      double sum = x[i];
      if (i + 1 < size) {
        sum -= above[i] * x[i + 1];
      }
      if (i + 2 < size) {
        sum -= secondAbove[i] * x[i + 2];
      }
      x[i] = sum / pivots[i];
    }
  }
}
