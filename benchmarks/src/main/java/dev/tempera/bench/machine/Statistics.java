package dev.tempera.bench.machine;

import java.util.Collection;

/** What is told of repeated measurements. */
public final class Statistics {
  private Statistics() {}

  /**
   * The middle one, or the mean of the middle two.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static double median(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("median: there are no values");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
