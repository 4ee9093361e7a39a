package dev.tempera.backend;

/**
 * An elementwise function of one tensor and up to two numbers.
 *
 * <p>A constant carries the value, which is what the reference backend computes, and where it is
 * smooth. Its derivative stands in {@code dev.tempera.op.Unary}, its kernels in one switch of each
 * fast backend; the compiler refuses until they exist.
 */
public enum UnaryOp {
  /** −x. */
  NEGATE((x, a, b) -> -x, Domain.SMOOTH),
  /** |x|. */
  ABSOLUTE((x, a, b) -> Math.abs(x), Domain.awayFrom(0)),
  /** −1, 0 or 1; NaN stays NaN. */
  SIGN((x, a, b) -> Math.signum(x), Domain.awayFrom(0)),
  /** x². */
  SQUARE((x, a, b) -> x * x, Domain.SMOOTH),
  /** √x. */
  SQUARE_ROOT((x, a, b) -> Math.sqrt(x), Domain.within(0.1, 4)),
  /** 1/√x. */
  RECIPROCAL_SQUARE_ROOT((x, a, b) -> 1 / Math.sqrt(x), Domain.within(0.1, 4)),
  /** 1/x. */
  RECIPROCAL((x, a, b) -> 1 / x, Domain.within(0.2, 4)),
  /** eˣ. */
  EXP((x, a, b) -> Math.exp(x), Domain.SMOOTH),
  /** eˣ − 1, also right where that is small. */
  EXPM1((x, a, b) -> Math.expm1(x), Domain.SMOOTH),
  /** Natural logarithm. */
  LOG((x, a, b) -> Math.log(x), Domain.within(0.1, 4)),
  /** ln(1 + x), also right where x is small. */
  LOG1P((x, a, b) -> Math.log1p(x), Domain.within(-0.9, 4)),
  /** Sine, of radians. */
  SIN((x, a, b) -> Math.sin(x), Domain.SMOOTH),
  /** Cosine, of radians. */
  COS((x, a, b) -> Math.cos(x), Domain.SMOOTH),
  /** Hyperbolic tangent. */
  TANH((x, a, b) -> Math.tanh(x), Domain.SMOOTH),
  /** 1/(1 + e⁻ˣ). */
  SIGMOID((x, a, b) -> 1 / (1 + Math.exp(-x)), Domain.SMOOTH),
  /** The error function, 2/√π·∫e^(−t²)dt from 0 to x. */
  ERF((x, a, b) -> ErrorFunction.of(x), Domain.SMOOTH),
  /** max(x, 0); NaN stays NaN. */
  RELU((x, a, b) -> Math.max(x, 0), Domain.awayFrom(0)),
  /** 1 where x > 0, else 0. */
  STEP((x, a, b) -> x > 0 ? 1 : 0, Domain.awayFrom(0)),
  /** x where x > 0, else a·x. */
  LEAKY_RELU((x, a, b) -> x > 0 ? x : a * x, Domain.awayFrom(0)),
  /** x where x > 0, else a·(eˣ − 1) (Clevert and others, 2016). */
  ELU((x, a, b) -> x > 0 ? x : a * Math.expm1(x), Domain.awayFrom(0)),
  /** λ·x where x > 0, else λ·α·(eˣ − 1) (Klambauer and others, 2017). */
  SELU(
      (x, a, b) -> SeluConstants.LAMBDA * (x > 0 ? x : SeluConstants.ALPHA * Math.expm1(x)),
      Domain.awayFrom(0)),
  /** x·Φ(x), Φ being the standard normal distribution (Hendrycks and Gimpel, 2016). */
  GELU((x, a, b) -> x * ErrorFunction.normal(x), Domain.SMOOTH),
  /** ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))), which is near to {@link #GELU}. */
  GELU_TANH(
      (x, a, b) -> x / (1 + Math.exp(-2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))),
      Domain.SMOOTH),
  /** x/(1 + e⁻ˣ), x times its sigmoid (Elfwing and others, 2017). */
  SILU((x, a, b) -> x / (1 + Math.exp(-x)), Domain.SMOOTH),
  /** ln(1 + eˣ). */
  SOFTPLUS((x, a, b) -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), Domain.SMOOTH),
  /** (x + 3)/6, but no less than 0 and no more than 1 (Howard and others, 2019). */
  HARD_SIGMOID((x, a, b) -> Math.min(Math.max(x + 3, 0), 6) / 6, Domain.awayFrom(-3, 3)),
  /** x times its {@link #HARD_SIGMOID} (Howard and others, 2019). */
  HARD_SWISH((x, a, b) -> x * (Math.min(Math.max(x + 3, 0), 6) / 6), Domain.awayFrom(-3, 3)),
  /** The largest integer that is not above x. */
  FLOOR((x, a, b) -> Math.floor(x), Domain.within(0.1, 0.9)),
  /** The nearest integer, halves to the even one. */
  ROUND((x, a, b) -> Math.rint(x), Domain.within(0.6, 1.4)),
  /** x + a. */
  ADD_SCALAR((x, a, b) -> x + a, Domain.SMOOTH),
  /** a·x. */
  MULTIPLY_SCALAR((x, a, b) -> a * x, Domain.SMOOTH),
  /** xᵃ. */
  POWER_SCALAR((x, a, b) -> Math.pow(x, a), Domain.within(0.2, 3)),
  /** x, but no less than a and no more than b; NaN stays NaN. */
  CLAMP((x, a, b) -> Math.min(Math.max(x, a), b), Domain.awayFrom(-1, 1)),
  /** 1 where a ≤ x ≤ b, else 0. */
  WITHIN((x, a, b) -> a <= x && x <= b ? 1 : 0, Domain.awayFrom(-1, 1));

  /** The value of a unary op at one element. */
  @FunctionalInterface
  public interface Value {
    /** The value at x with the op's parameters a and b, unused ones 0. */
    double at(double x, double a, double b);
  }

  private final Value value;
  private final Domain domain;

  UnaryOp(Value value, Domain domain) {
    this.value = value;
    this.domain = domain;
  }

  /** The value at x with parameters a and b, in double. */
  public double at(double x, double a, double b) {
    return value.at(x, a, b);
  }

  /** Where finite differences may probe. */
  public Domain domain() {
    return domain;
  }
}
