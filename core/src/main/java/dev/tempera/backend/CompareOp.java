package dev.tempera.backend;

/**
 * An elementwise comparison of two tensors; any comparison with NaN is false, except {@link
 * #NOT_EQUAL}.
 */
public enum CompareOp {
  /** a = b. */
  EQUAL((a, b) -> a == b),
  /** a ≠ b. */
  NOT_EQUAL((a, b) -> a != b),
  /** {@code a < b}. */
  LESS((a, b) -> a < b),
  /** a ≤ b. */
  LESS_OR_EQUAL((a, b) -> a <= b),
  /** {@code a > b}. */
  GREATER((a, b) -> a > b),
  /** a ≥ b. */
  GREATER_OR_EQUAL((a, b) -> a >= b);

  /** A comparison of two numbers. */
  @FunctionalInterface
  public interface Comparison {
    /** Whether it holds. */
    boolean holds(double a, double b);
  }

  private final Comparison comparison;

  CompareOp(Comparison comparison) {
    this.comparison = comparison;
  }

  /** Whether the comparison holds for one pair of elements. */
  public boolean holds(double a, double b) {
    return comparison.holds(a, b);
  }
}
