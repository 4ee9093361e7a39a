package dev.tempera.backend;

/**
 * How a normalisation turns a variance σ² into the factor that elements are multiplied by.
 *
 * @param epsilon ε, added so that constant elements do not divide by 0
 * @param epsilonInsideRoot whether the factor is 1/√(σ² + ε) rather than 1/(√σ² + ε)
 * @param unbiased whether a variance divides by the number of elements less one
 */
public record NormParams(double epsilon, boolean epsilonInsideRoot, boolean unbiased) {
  /** ε = 10⁻⁵ inside the root, biased variance. */
  public static final NormParams DEFAULT = new NormParams(1e-5, true, false);

  /**
   * Checks ε.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public NormParams {
    if (!(epsilon >= 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "normParams: epsilon is out of range\n  rule    0 ≤ epsilon < ∞, here " + epsilon);
    }
  }

  /** The same with another ε. */
  public NormParams withEpsilon(double other) {
    return new NormParams(other, epsilonInsideRoot, unbiased);
  }

  /** The same with ε added to the deviation instead of the variance. */
  public NormParams withEpsilonOutsideRoot() {
    return new NormParams(epsilon, false, unbiased);
  }

  /** The same with the unbiased variance. */
  public NormParams withUnbiasedVariance() {
    return new NormParams(epsilon, epsilonInsideRoot, true);
  }

  /** What a sum of so many squares is divided by. */
  public long divisor(long count) {
    return unbiased ? count - 1 : count;
  }

  /** The factor r that centred elements are multiplied by. */
  public double inverseDeviation(double variance) {
    return epsilonInsideRoot
        ? 1 / Math.sqrt(variance + epsilon)
        : 1 / (Math.sqrt(variance) + epsilon);
  }

  /**
   * −2·∂r/∂σ²: r³ with ε inside the root, r²/σ with ε outside; 0 for constant elements, whose
   * centred values are all 0.
   */
  public double inverseDeviationSlope(double variance) {
    double inverse = inverseDeviation(variance);
    if (epsilonInsideRoot) {
      return inverse * inverse * inverse;
    }
    return variance == 0 ? 0 : inverse * inverse / Math.sqrt(variance);
  }
}
