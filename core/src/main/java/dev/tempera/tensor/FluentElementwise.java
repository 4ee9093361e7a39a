package dev.tempera.tensor;

import dev.tempera.backend.BinaryOp;
import dev.tempera.backend.UnaryOp;
import dev.tempera.op.Binary;
import dev.tempera.op.Relu;
import dev.tempera.op.Unary;

/** What is computed element by element; the whole family stands in {@code dev.tempera.op}. */
sealed interface FluentElementwise permits Tensor {
  /** This tensor. */
  Tensor self();

  /** this + other, broadcast. */
  default Tensor add(Tensor other) {
    return Binary.apply(BinaryOp.ADD, self(), other);
  }

  /** this − other, broadcast. */
  default Tensor subtract(Tensor other) {
    return Binary.apply(BinaryOp.SUBTRACT, self(), other);
  }

  /** this · other, elementwise, broadcast. */
  default Tensor multiply(Tensor other) {
    return Binary.apply(BinaryOp.MULTIPLY, self(), other);
  }

  /** this / other, elementwise, broadcast. */
  default Tensor divide(Tensor other) {
    return Binary.apply(BinaryOp.DIVIDE, self(), other);
  }

  /** this + number. */
  default Tensor add(double number) {
    return Unary.apply(UnaryOp.ADD_SCALAR, self(), number);
  }

  /** this · number. */
  default Tensor multiply(double number) {
    return Unary.apply(UnaryOp.MULTIPLY_SCALAR, self(), number);
  }

  /** this to the power of a number. */
  default Tensor power(double exponent) {
    return Unary.apply(UnaryOp.POWER_SCALAR, self(), exponent);
  }

  /** −this. */
  default Tensor negate() {
    return Unary.apply(UnaryOp.NEGATE, self());
  }

  /** |this|. */
  default Tensor abs() {
    return Unary.apply(UnaryOp.ABSOLUTE, self());
  }

  /** this². */
  default Tensor square() {
    return Unary.apply(UnaryOp.SQUARE, self());
  }

  /** √this. */
  default Tensor sqrt() {
    return Unary.apply(UnaryOp.SQUARE_ROOT, self());
  }

  /** e to the power of this. */
  default Tensor exp() {
    return Unary.apply(UnaryOp.EXP, self());
  }

  /** The natural logarithm. */
  default Tensor log() {
    return Unary.apply(UnaryOp.LOG, self());
  }

  /** The hyperbolic tangent. */
  default Tensor tanh() {
    return Unary.apply(UnaryOp.TANH, self());
  }

  /** 1/(1 + e^−self()). */
  default Tensor sigmoid() {
    return Unary.apply(UnaryOp.SIGMOID, self());
  }

  /** this·Φ(this), Φ being the standard normal distribution. */
  default Tensor gelu() {
    return Unary.apply(UnaryOp.GELU, self());
  }

  /** this/(1 + e^−this). */
  default Tensor silu() {
    return Unary.apply(UnaryOp.SILU, self());
  }

  /** ln(1 + e^this). */
  default Tensor softplus() {
    return Unary.apply(UnaryOp.SOFTPLUS, self());
  }

  /** max(self(), 0). */
  default Tensor relu() {
    return Relu.apply(self());
  }

  /** self(), but no less than {@code low} and no more than {@code high}. */
  default Tensor clamp(double low, double high) {
    return Unary.apply(UnaryOp.CLAMP, self(), low, high);
  }
}
