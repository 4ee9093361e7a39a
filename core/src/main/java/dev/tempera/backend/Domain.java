package dev.tempera.backend;

/**
 * Where a function may be probed by finite differences: an interval, less a neighbourhood of its
 * kinks.
 */
public final class Domain {
  /** All of [−3, 3]. */
  public static final Domain SMOOTH = new Domain(-3, 3);

  private static final double KINK_RADIUS = 0.05;

  private final double low;
  private final double high;
  private final double[] kinks;

  private Domain(double low, double high, double... kinks) {
    this.low = low;
    this.high = high;
    this.kinks = kinks;
  }

  /** The interval from {@code low} to {@code high}. */
  public static Domain within(double low, double high) {
    return new Domain(low, high);
  }

  /** [−3, 3] without the neighbourhood of the kinks. */
  public static Domain awayFrom(double... kinks) {
    return new Domain(-3, 3, kinks.clone());
  }

  /** The nearest value that may be probed. */
  public double clamp(double value) {
    double inside = Math.min(Math.max(value, low), high);
    for (double kink : kinks) {
      if (Math.abs(inside - kink) < KINK_RADIUS) {
        inside = kink + (inside < kink ? -KINK_RADIUS : KINK_RADIUS);
      }
    }
    return inside;
  }
}
