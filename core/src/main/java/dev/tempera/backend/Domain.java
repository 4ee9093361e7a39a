package dev.tempera.backend;

/**
 * Where a function may be probed by finite differences: an interval, less a neighbourhood of its
 * kinks.
 *
 * @param low the least value to probe at
 * @param high the largest value to probe at
 * @param kinks values to stay a twentieth away from
 */
public record Domain(double low, double high, double... kinks) {
  /** All of [−3, 3]. */
  public static final Domain SMOOTH = new Domain(-3, 3);

  /** The interval from {@code low} to {@code high}. */
  public static Domain within(double low, double high) {
    return new Domain(low, high);
  }

  /** [−3, 3] without the neighbourhood of the kinks. */
  public static Domain awayFrom(double... kinks) {
    return new Domain(-3, 3, kinks);
  }

  /** The nearest value that may be probed. */
  public double clamp(double value) {
    double inside = Math.min(Math.max(value, low), high);
    for (double kink : kinks) {
      if (Math.abs(inside - kink) < 0.05) {
        inside = kink + (inside < kink ? -0.05 : 0.05);
      }
    }
    return inside;
  }
}
