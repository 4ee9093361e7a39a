package dev.tempera.op;

import dev.tempera.backend.SeluConstants;
import dev.tempera.backend.UnaryOp;
import dev.tempera.data.DType;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Saved;
import dev.tempera.tensor.Tensor;

/**
 * The elementwise functions of one tensor: y = op(x), with up to two parameters a and b. Values
 * stand in {@link UnaryOp}; the derivatives stand here.
 */
public final class Unary {
  private Unary() {}

  /** {@code op} of every element. */
  public static Tensor apply(UnaryOp op, Tensor x) {
    return apply(op, x, 0, 0);
  }

  /** {@code op} with parameter a of every element. */
  public static Tensor apply(UnaryOp op, Tensor x, double a) {
    return apply(op, x, a, 0);
  }

  /**
   * {@code op} with parameters a and b of every element.
   *
   * @throws IllegalArgumentException if the element type is not one that is computed in
   */
  public static Tensor apply(UnaryOp op, Tensor x, double a, double b) {
    if (op == UnaryOp.RELU) {
      return Relu.apply(x);
    }
    String name = OpNames.of(op);
    Recording recording = Recording.of(name, x);
    requireComputable(name, x);
    View y = recording.backend().unary(op, x.view(), a, b);
    Keeps keeps = keeps(op);
    Saved input = recording.save(x, keeps == Keeps.INPUT);
    Saved output = keeps == Keeps.OUTPUT ? recording.saveOutput() : input;
    return recording.result(
        y, (gradient, into) -> into.add(0, () -> slope(op, gradient, input, output, a, b)));
  }

  static void requireComputable(String op, Tensor x) {
    if (!x.dtype().isComputable()) {
      throw new IllegalArgumentException(
          op
              + ": not defined for "
              + x.dtype()
              + "\n  input   "
              + x.dtype()
              + x.shape()
              + "\n  rule    float32 or float64\n  hint    convert it first with to(DType."
              + DType.FLOAT32.name()
              + ")");
    }
  }

  private enum Keeps {
    NOTHING,
    INPUT,
    OUTPUT
  }

  /** What the derivative is made of. */
  private static Keeps keeps(UnaryOp op) {
    return switch (op) {
      case NEGATE, SIGN, STEP, FLOOR, ROUND, WITHIN, ADD_SCALAR, MULTIPLY_SCALAR, RELU ->
          Keeps.NOTHING;
      case ABSOLUTE, SQUARE, LOG, LOG1P, SIN, COS, ERF, LEAKY_RELU, POWER_SCALAR, CLAMP ->
          Keeps.INPUT;
      case ELU, SELU, GELU, GELU_TANH, SILU, SOFTPLUS, HARD_SIGMOID, HARD_SWISH -> Keeps.INPUT;
      case SQUARE_ROOT, RECIPROCAL_SQUARE_ROOT, RECIPROCAL, EXP, EXPM1, TANH, SIGMOID ->
          Keeps.OUTPUT;
    };
  }

  /** gradient · dy/dx. */
  private static Tensor slope(UnaryOp op, Tensor gradient, Saved x, Saved y, double a, double b) {
    return switch (op) {
      case NEGATE -> gradient.negate();
      case ABSOLUTE -> gradient.multiply(apply(UnaryOp.SIGN, x.tensor()));
      case SIGN, STEP, FLOOR, ROUND, WITHIN -> gradient.filledLike(0);
      case SQUARE -> gradient.multiply(x.tensor()).multiply(2);
      case SQUARE_ROOT -> gradient.divide(y.tensor()).multiply(0.5);
      case RECIPROCAL_SQUARE_ROOT -> gradient.multiply(y.tensor().power(3)).multiply(-0.5);
      case RECIPROCAL -> gradient.multiply(y.tensor().square()).negate();
      case EXP -> gradient.multiply(y.tensor());
      case EXPM1 -> gradient.multiply(y.tensor().add(1));
      case LOG -> gradient.divide(x.tensor());
      case LOG1P -> gradient.divide(x.tensor().add(1));
      case SIN -> gradient.multiply(apply(UnaryOp.COS, x.tensor()));
      case COS -> gradient.multiply(apply(UnaryOp.SIN, x.tensor())).negate();
      case TANH -> gradient.multiply(y.tensor().square().negate().add(1));
      case SIGMOID -> gradient.multiply(y.tensor().multiply(y.tensor().negate().add(1)));
      case ERF -> gradient.multiply(ActivationSlopes.erf(x.tensor()));
      case ELU -> gradient.multiply(ActivationSlopes.elu(x.tensor(), a));
      case SELU ->
          gradient.multiply(
              ActivationSlopes.elu(x.tensor(), SeluConstants.ALPHA).multiply(SeluConstants.LAMBDA));
      case GELU -> gradient.multiply(ActivationSlopes.gelu(x.tensor()));
      case GELU_TANH -> gradient.multiply(ActivationSlopes.geluTanh(x.tensor()));
      case SILU -> gradient.multiply(ActivationSlopes.silu(x.tensor()));
      case SOFTPLUS -> gradient.multiply(x.tensor().sigmoid());
      case HARD_SIGMOID -> gradient.multiply(ActivationSlopes.hardSigmoid(x.tensor()));
      case HARD_SWISH -> gradient.multiply(ActivationSlopes.hardSwish(x.tensor()));
      case LEAKY_RELU -> gradient.multiply(apply(UnaryOp.STEP, x.tensor()).multiply(1 - a).add(a));
      case ADD_SCALAR -> gradient;
      case MULTIPLY_SCALAR -> gradient.multiply(a);
      case POWER_SCALAR ->
          a == 0 ? gradient.filledLike(0) : gradient.multiply(x.tensor().power(a - 1)).multiply(a);
      case CLAMP -> gradient.multiply(apply(UnaryOp.WITHIN, x.tensor(), a, b));
      case RELU -> throw new IllegalStateException("relu records itself, with a mask");
    };
  }
}
