package dev.tempera.testkit.spec;

import dev.tempera.testkit.Input;
import java.util.Arrays;

/** How large the numbers of an operand are, for tolerances; infinities and NaN do not count. */
final class Extent {
  private Extent() {}

  /** The largest magnitude. */
  static double magnitude(Input input) {
    return Arrays.stream(input.values()).filter(Double::isFinite).map(Math::abs).max().orElse(0);
  }

  /** The largest distance between two numbers. */
  static double range(Input input) {
    double[] finite = Arrays.stream(input.values()).filter(Double::isFinite).toArray();
    return Arrays.stream(finite).max().orElse(0) - Arrays.stream(finite).min().orElse(0);
  }
}
