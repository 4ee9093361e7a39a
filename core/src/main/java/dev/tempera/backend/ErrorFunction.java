package dev.tempera.backend;

/**
 * The error function and its complement in double (Abramowitz and Stegun, "Handbook of mathematical
 * functions", 1964, chapter 7).
 */
final class ErrorFunction {
  /** From here on the complement comes from its continued fraction. */
  private static final double FAR = 2;

  /** Enough terms of the fraction from {@link #FAR} on. */
  private static final int TERMS = 80;

  private static final double ROOT_PI = Math.sqrt(Math.PI);

  private ErrorFunction() {}

  /** 2/√π·∫e^(−t²)dt from 0 to x. */
  static double of(double x) {
    return Math.abs(x) < FAR ? series(x) : Math.copySign(1 - fraction(Math.abs(x)), x);
  }

  /** Φ(x), the standard normal distribution function: half the complement of erf at −x/√2. */
  static double normal(double x) {
    double t = -x * Math.sqrt(0.5);
    if (t < FAR) {
      return t > -FAR ? 0.5 * (1 - series(t)) : 1 - 0.5 * fraction(-t);
    }
    return 0.5 * fraction(t);
  }

  /** 2/√π·e^(−x²)·Σ 2ⁿ·x^(2n+1)/(1·3·…·(2n+1)), formula 7.1.6; its terms do not cancel. */
  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; sum + term != sum; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / ROOT_PI * gaussian(x) * sum;
  }

  /** 1 − erf(x) = e^(−x²)/√π·1/(x + ½/(x + 1/(x + 1½/(x + …)))), formula 7.1.14, for x ≥ 2. */
  private static double fraction(double x) {
    if (Double.isInfinite(x)) {
      return 0;
    }
    double tail = x;
    for (int n = TERMS; n > 0; n--) {
      tail = x + 0.5 * n / tail;
    }
    return gaussian(x) / (ROOT_PI * tail);
  }

  /** e^(−x²), with the rounding error of x² put right. */
  private static double gaussian(double x) {
    double square = x * x;
    double power = Math.exp(-square);
    return power == 0 ? 0 : power * (1 - Math.fma(x, x, -square));
  }
}
