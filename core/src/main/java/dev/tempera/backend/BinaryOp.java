package dev.tempera.backend;

import java.util.function.DoubleBinaryOperator;

/** An elementwise function of two tensors of equal shape. */
public enum BinaryOp {
  /** a + b. */
  ADD((a, b) -> a + b, Domain.SMOOTH),
  /** a − b. */
  SUBTRACT((a, b) -> a - b, Domain.SMOOTH),
  /** a·b. */
  MULTIPLY((a, b) -> a * b, Domain.SMOOTH),
  /** a/b. */
  DIVIDE((a, b) -> a / b, Domain.within(0.3, 3)),
  /** The larger of a and b; NaN if either is. */
  MAXIMUM(Math::max, Domain.SMOOTH),
  /** The smaller of a and b; NaN if either is. */
  MINIMUM(Math::min, Domain.SMOOTH),
  /** aᵇ. */
  POWER(Math::pow, Domain.within(0.3, 3));

  private final DoubleBinaryOperator value;
  private final Domain domain;

  BinaryOp(DoubleBinaryOperator value, Domain domain) {
    this.value = value;
    this.domain = domain;
  }

  /** The value at one pair of elements, in double. */
  public double at(double a, double b) {
    return value.applyAsDouble(a, b);
  }

  /** Where finite differences may probe both operands. */
  public Domain domain() {
    return domain;
  }
}
