package dev.tempera.cpu.libtorch;

import ai.djl.Device;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.tempera.backend.BinaryOp;
import dev.tempera.backend.CompareOp;
import dev.tempera.backend.UnaryOp;
import dev.tempera.data.DType;
import dev.tempera.data.Distribution;
import dev.tempera.data.Shape;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.spec.ApplyMaskSpec;
import dev.tempera.testkit.spec.BinarySpec;
import dev.tempera.testkit.spec.CompareSpec;
import dev.tempera.testkit.spec.ConvertSpec;
import dev.tempera.testkit.spec.DropoutSpec;
import dev.tempera.testkit.spec.NoParameters;
import dev.tempera.testkit.spec.ReluSpec;
import dev.tempera.testkit.spec.UnarySpec;
import dev.tempera.testkit.spec.WhereSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Elementwise functions in libtorch. */
final class ElementwiseTwins {
  /** Beyond this, gradients overflow, and where depends on the order of factors. */
  private static final double LARGE = 1e10;

  private ElementwiseTwins() {}

  /** All of them. */
  static List<TwinnedSpec<?>> all() {
    List<TwinnedSpec<?>> all = new ArrayList<>();
    for (UnaryOp op : UnaryOp.values()) {
      TwinnedSpec<UnarySpec.Parameters> twinned =
          TwinnedSpec.of(new UnarySpec(op), (p, in) -> unary(op, p, in.get(0)));
      all.add(
          switch (op) {
            case STEP, WITHIN -> twinned.with(TwinnedSpec.Gradient.ZERO);
            // libtorch gives 0 for the sign of NaN.
            case SIGN -> twinned.where(ElementwiseTwins::isOrdinary);
            // libtorch subtracts 1 from the exponential.
            case ELU, SELU -> twinned.where(ElementwiseTwins::isOrdinary);
            // libtorch gives NaN for infinity in float32.
            case GELU -> twinned.where(ElementwiseTwins::isOrdinary);
            // The identity has no value at infinity.
            case EXPM1 -> twinned.where(ElementwiseTwins::isOrdinary);
            default -> twinned;
          });
    }
    for (BinaryOp op : BinaryOp.values()) {
      TwinnedSpec<NoParameters> twinned =
          TwinnedSpec.of(new BinarySpec(op), (p, in) -> binary(op, in.get(0), in.get(1)));
      // libtorch follows C, where 1 to the power of NaN is 1.
      all.add(op == BinaryOp.POWER ? twinned.where(ElementwiseTwins::isOrdinary) : twinned);
    }
    for (CompareOp op : CompareOp.values()) {
      all.add(TwinnedSpec.of(new CompareSpec(op), (p, in) -> compare(op, in.get(0), in.get(1))));
    }
    all.add(TwinnedSpec.of(new ReluSpec(), (p, in) -> JniUtils.relu(in.get(0))));
    all.add(
        TwinnedSpec.of(
            new ApplyMaskSpec(),
            (p, in) -> JniUtils.where(in.get(1), in.get(0), filled(in.get(0), 0))));
    all.add(
        TwinnedSpec.of(
            new WhereSpec(), (p, in) -> JniUtils.where(in.get(0), in.get(1), in.get(2))));
    all.add(
        TwinnedSpec.of(
                new ConvertSpec(),
                (p, in) -> JniUtils.to(in.get(0), Libtorch.type(p.dtype()), Device.cpu()))
            .with(TwinnedSpec.Gradient.LOST));
    all.add(TwinnedSpec.of(new DropoutSpec(), (p, in) -> dropout(in.get(0), p)));
    return all;
  }

  /** What our generator drops: that of libtorch gives other numbers. */
  private static PtNDArray dropout(PtNDArray x, double probability) {
    Shape shape = Shape.of(Arrays.stream(x.getShape().getShape()).mapToInt(n -> (int) n).toArray());
    double[] kept = new double[Math.toIntExact(shape.size())];
    new Distribution.Bernoulli(1 - probability).draw(DropoutSpec.PHILOX, 0, kept, kept.length);
    Input mask = Input.bools(kept, shape.toArray());
    PtNDArray stays = Libtorch.array(x.getManager(), mask, DType.FLOAT32);
    PtNDArray y = JniUtils.where(stays, x, filled(x, 0));
    return probability == 1 ? y : JniUtils.div(y, filled(x, 1 - probability));
  }

  /** Whether a sample holds no special numbers. */
  static boolean isOrdinary(Sample<?> sample) {
    return sample.inputs().stream()
        .flatMapToDouble(input -> Arrays.stream(input.values()))
        .allMatch(value -> Math.abs(value) < LARGE);
  }

  private static PtNDArray unary(UnaryOp op, UnarySpec.Parameters parameters, PtNDArray x) {
    double a = parameters.a();
    double b = parameters.b();
    return switch (op) {
      case NEGATE -> JniUtils.neg(x);
      case ABSOLUTE -> JniUtils.abs(x);
      case SIGN -> JniUtils.sign(x);
      case SQUARE -> JniUtils.square(x);
      case SQUARE_ROOT -> JniUtils.sqrt(x);
      case RECIPROCAL_SQUARE_ROOT -> JniUtils.div(filled(x, 1), JniUtils.sqrt(x));
      case RECIPROCAL -> JniUtils.div(filled(x, 1), x);
      case EXP -> JniUtils.exp(x);
      // The Java binding has no expm1: an identity that does not cancel.
      case EXPM1 -> {
        PtNDArray half = scaled(x, 0.5);
        yield scaled(JniUtils.mul(JniUtils.sinh(half), JniUtils.exp(half)), 2);
      }
      case LOG -> JniUtils.log(x);
      case LOG1P -> JniUtils.log(plus(x, 1));
      case SIN -> JniUtils.sin(x);
      case COS -> JniUtils.cos(x);
      case TANH -> JniUtils.tanh(x);
      case SIGMOID -> JniUtils.sigmoid(x);
      case ERF -> JniUtils.erf(x);
      case RELU -> JniUtils.relu(x);
      case STEP -> asNumbers(JniUtils.gt(x, filled(x, 0)), x);
      case LEAKY_RELU -> JniUtils.leakyRelu(x, a);
      case ELU -> JniUtils.elu(x, a);
      case SELU -> JniUtils.selu(x);
      case GELU -> JniUtils.gelu(x);
      case GELU_TANH -> {
        PtNDArray cube = JniUtils.mul(x, JniUtils.square(x));
        PtNDArray inner = scaled(JniUtils.add(x, scaled(cube, 0.044715)), Math.sqrt(2 / Math.PI));
        yield JniUtils.mul(scaled(x, 0.5), plus(JniUtils.tanh(inner), 1));
      }
      case SILU -> JniUtils.mul(x, JniUtils.sigmoid(x));
      // libtorch's own leaves out the logarithm from 20 on.
      case SOFTPLUS ->
          JniUtils.add(
              JniUtils.relu(x), JniUtils.log(plus(JniUtils.exp(JniUtils.neg(JniUtils.abs(x))), 1)));
      case HARD_SIGMOID -> hardSigmoid(x);
      case HARD_SWISH -> JniUtils.mul(x, hardSigmoid(x));
      case FLOOR -> JniUtils.floor(x);
      case ROUND -> JniUtils.round(x);
      case ADD_SCALAR -> plus(x, a);
      case MULTIPLY_SCALAR -> scaled(x, a);
      case POWER_SCALAR -> JniUtils.pow(x, filled(x, a));
      case CLAMP -> JniUtils.clip(x, a, b);
      case WITHIN ->
          asNumbers(
              JniUtils.logicalAnd(JniUtils.gte(x, filled(x, a)), JniUtils.lte(x, filled(x, b))), x);
    };
  }

  private static PtNDArray hardSigmoid(PtNDArray x) {
    return scaled(JniUtils.clip(plus(x, 3), 0, 6), 1.0 / 6);
  }

  private static PtNDArray plus(PtNDArray x, double number) {
    return JniUtils.add(x, filled(x, number));
  }

  private static PtNDArray scaled(PtNDArray x, double factor) {
    return JniUtils.mul(x, filled(x, factor));
  }

  private static PtNDArray binary(BinaryOp op, PtNDArray a, PtNDArray b) {
    return switch (op) {
      case ADD -> JniUtils.add(a, b);
      case SUBTRACT -> JniUtils.sub(a, b);
      case MULTIPLY -> JniUtils.mul(a, b);
      case DIVIDE -> JniUtils.div(a, b);
      case MAXIMUM -> JniUtils.max(a, b);
      case MINIMUM -> JniUtils.min(a, b);
      case POWER -> JniUtils.pow(a, b);
    };
  }

  private static PtNDArray compare(CompareOp op, PtNDArray a, PtNDArray b) {
    return switch (op) {
      case EQUAL -> JniUtils.eq(a, b);
      case NOT_EQUAL -> JniUtils.neq(a, b);
      case LESS -> JniUtils.lt(a, b);
      case LESS_OR_EQUAL -> JniUtils.lte(a, b);
      case GREATER -> JniUtils.gt(a, b);
      case GREATER_OR_EQUAL -> JniUtils.gte(a, b);
    };
  }

  private static PtNDArray asNumbers(PtNDArray bools, PtNDArray like) {
    return JniUtils.to(bools, like.getDataType(), Device.cpu());
  }

  static PtNDArray filled(PtNDArray like, double value) {
    return JniUtils.full(
        like.getManager(),
        like.getShape(),
        value,
        like.getDataType(),
        Device.cpu(),
        SparseFormat.DENSE);
  }
}
