package dev.tempera.bench.contest;

/** How far two results of one computation lie apart. */
public final class Difference {
  private Difference() {}

  /**
   * The largest difference of two elements, relative to the largest element: max|a − b| / max|b|.
   *
   * @throws IllegalArgumentException if there is not the same number of elements
   */
  public static double relative(float[] a, float[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "results of " + a.length + " and " + b.length + " elements cannot be compared");
    }
    double largest = 0;
    double apart = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(b[i]));
      apart = Math.max(apart, Math.abs((double) a[i] - b[i]));
    }
    return apart == 0 ? 0 : apart / largest;
  }
}
