package dev.tempera.testkit;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.tensor.Tensor;
import java.util.Arrays;

/** The content of a tensor, read out: its type, shape and elements in row-major order. */
public final class Numbers {
  private final DType dtype;
  private final Shape shape;
  private final double[] values;

  /** Elements in row-major order. */
  public Numbers(DType dtype, Shape shape, double[] values) {
    this.dtype = dtype;
    this.shape = shape;
    this.values = values.clone();
  }

  /** The content of a tensor. */
  public static Numbers of(Tensor tensor) {
    return new Numbers(tensor.dtype(), tensor.shape(), tensor.toDoubles());
  }

  /** The same numbers, expected in another type. */
  public Numbers in(DType other) {
    return new Numbers(other, shape, values);
  }

  /** The element type. */
  public DType dtype() {
    return dtype;
  }

  /** The axis lengths. */
  public Shape shape() {
    return shape;
  }

  /** The elements in row-major order, a copy. */
  public double[] values() {
    return values.clone();
  }

  /**
   * Compares with what is expected.
   *
   * @param what names the value in the message
   * @throws AssertionError if type or shape differ, or an element is too far away; NaN is expected
   *     to be NaN, and an infinity itself
   */
  public void requireClose(String what, Numbers expected, Tolerance tolerance) {
    requireKind(what, expected);
    double scale = Tolerance.rootMeanSquare(expected.values);
    int worst = -1;
    double worstExcess = 0;
    int failures = 0;
    for (int i = 0; i < values.length; i++) {
      double bound = tolerance.bound(expected.values[i], scale, dtype);
      double excess = excess(values[i], expected.values[i], bound);
      if (excess > 0) {
        failures++;
      }
      if (excess > worstExcess) {
        worstExcess = excess;
        worst = i;
      }
    }
    if (worst >= 0) {
      throw new AssertionError(
          describe(what, expected, worst)
              + "\n  allowed  "
              + tolerance.bound(expected.values[worst], scale, dtype)
              + "\n  failures "
              + failures
              + " of "
              + values.length);
    }
  }

  /**
   * Requires the same bits, but for the payload of NaN.
   *
   * @param what names the value in the message
   */
  public void requireSame(String what, Numbers expected) {
    requireKind(what, expected);
    int difference = Arrays.mismatch(values, expected.values);
    if (difference >= 0) {
      throw new AssertionError(describe(what, expected, difference));
    }
  }

  private void requireKind(String what, Numbers expected) {
    if (dtype != expected.dtype || !shape.equals(expected.shape)) {
      throw new AssertionError(
          what
              + ": another type or shape\n  expected "
              + expected.dtype
              + expected.shape
              + "\n  actual   "
              + dtype
              + shape);
    }
  }

  private String describe(String what, Numbers expected, int index) {
    return what
        + ": differs at element "
        + index
        + " of "
        + dtype
        + shape
        + "\n  expected "
        + expected.values[index]
        + "\n  actual   "
        + values[index];
  }

  /** How far beyond the bound, relative to it; infinite where only equality will do. */
  private static double excess(double actual, double expected, double bound) {
    if (Double.compare(actual, expected) == 0 || (bound > 0 && actual == expected)) {
      return 0;
    }
    if (bound == 0 || !Double.isFinite(actual) || !Double.isFinite(expected)) {
      return Double.POSITIVE_INFINITY;
    }
    double error = Math.abs(actual - expected);
    return error <= bound ? 0 : error / Math.max(bound, Double.MIN_NORMAL);
  }
}
