package dev.tempera.testkit;

import dev.tempera.data.DType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run of a sample gave.
 *
 * @param value the operation's result
 * @param gradients with respect to each operand; null where there is none, empty if there are none
 *     at all
 */
public record Results(Numbers value, List<@Nullable Numbers> gradients) {
  /** Copies the list of gradients. */
  public Results {
    gradients = Collections.unmodifiableList(new ArrayList<>(gradients));
  }

  /** The same numbers, expected in another type. */
  public Results in(DType dtype) {
    List<@Nullable Numbers> converted = new ArrayList<>();
    for (Numbers gradient : gradients) {
      converted.add(gradient == null ? null : gradient.in(dtype));
    }
    return new Results(value.in(dtype), converted);
  }

  /** How two results are compared. */
  @FunctionalInterface
  private interface Comparison {
    void check(String what, Numbers actual, Numbers expected);
  }

  /**
   * Compares value and gradients with what is expected.
   *
   * @throws AssertionError if one is too far away
   */
  public void requireClose(Results expected, Tolerance forValue, Tolerance forGradients) {
    value.requireClose("value", expected.value, forValue);
    eachGradient(
        expected, (what, actual, wanted) -> actual.requireClose(what, wanted, forGradients));
  }

  /**
   * Requires the same bits of value and gradients.
   *
   * @throws AssertionError if one differs
   */
  public void requireSame(Results expected) {
    value.requireSame("value", expected.value);
    eachGradient(expected, (what, actual, wanted) -> actual.requireSame(what, wanted));
  }

  /** Compares those gradients that this run was asked for. */
  private void eachGradient(Results expected, Comparison comparison) {
    if (gradients.size() != expected.gradients.size()) {
      throw new AssertionError(
          gradients.size() + " gradients, expected " + expected.gradients.size());
    }
    for (int i = 0; i < gradients.size(); i++) {
      Numbers actual = gradients.get(i);
      Numbers wanted = expected.gradients.get(i);
      if (actual != null && wanted != null) {
        comparison.check("gradient of input " + i, actual, wanted);
      }
    }
  }
}
