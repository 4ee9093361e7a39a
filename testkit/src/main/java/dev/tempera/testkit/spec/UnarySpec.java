package dev.tempera.testkit.spec;

import dev.tempera.backend.UnaryOp;
import dev.tempera.data.DType;
import dev.tempera.op.Unary;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.ArrayList;
import java.util.List;

/**
 * One elementwise function of one tensor.
 *
 * @param op which
 */
public record UnarySpec(UnaryOp op) implements OpSpec<UnarySpec.Parameters> {
  private static final int[] LENGTHS = {1, 3, 7, 8, 13, 15, 16, 17, 31, 33, 64, 100, 1025};

  /**
   * The numbers a function takes besides its operand.
   *
   * @param a the first, 0 where unused
   * @param b the second, 0 where unused
   */
  public record Parameters(double a, double b) {}

  @Override
  public String name() {
    return "unary " + op.name();
  }

  @Override
  public Class<?> operation() {
    return Unary.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    List<Sample<Parameters>> samples = new ArrayList<>();
    for (int length : LENGTHS) {
      samples.add(Sample.of("length " + length, parameters(), draw.within(op.domain(), length)));
    }
    samples.add(Sample.of("scalar", parameters(), draw.within(op.domain())));
    samples.add(Sample.of("matrix", parameters(), draw.within(op.domain(), 5, 19)));
    samples.add(Sample.of("image", parameters(), draw.within(op.domain(), 2, 5, 7, 3)));
    samples.add(Sample.of("empty", parameters(), draw.within(op.domain(), 3, 0)));
    samples.add(Sample.of("six axes", parameters(), draw.within(op.domain(), 2, 3, 1, 2, 3, 5)));
    samples.add(Sample.of("special", parameters(), Draw.special()).notSmooth());
    samples.add(Sample.of("wide", parameters(), draw.uniform(-25, 25, 129)).notSmooth());
    if (op == UnaryOp.POWER_SCALAR) {
      for (double exponent : new double[] {0, 1, 2, 3, -1, 0.5}) {
        Parameters other = new Parameters(exponent, 0);
        samples.add(Sample.of("exponent " + exponent, other, draw.within(op.domain(), 17)));
        samples.add(Sample.of("zeros, exponent " + exponent, other, draw.withTies(17)).notSmooth());
      }
    }
    return samples;
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", parameters(), draw.within(op.domain(), 3, 5, 61, 257)));
  }

  private Parameters parameters() {
    return switch (op) {
      case LEAKY_RELU -> new Parameters(0.2, 0);
      case ELU -> new Parameters(0.7, 0);
      case ADD_SCALAR -> new Parameters(0.3, 0);
      case MULTIPLY_SCALAR -> new Parameters(-1.7, 0);
      case POWER_SCALAR -> new Parameters(2.5, 0);
      case CLAMP, WITHIN -> new Parameters(-1, 1);
      default -> new Parameters(0, 0);
    };
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    return Unary.apply(op, inputs.get(0), parameters.a(), parameters.b());
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    return switch (op) {
      case NEGATE, ABSOLUTE, SIGN, RELU, STEP, FLOOR, ROUND, CLAMP, WITHIN -> Tolerance.EXACT;
      case SQUARE, SQUARE_ROOT, RECIPROCAL, LEAKY_RELU, MULTIPLY_SCALAR -> Tolerance.elementwise(2);
      case ADD_SCALAR, SIN, COS, LOG, LOG1P -> Tolerance.elementwise(4).withFloor(1);
      case RECIPROCAL_SQUARE_ROOT, EXP, EXPM1, TANH, SIGMOID, ERF, ELU, SELU ->
          Tolerance.elementwise(6);
      case HARD_SIGMOID, HARD_SWISH, SOFTPLUS -> Tolerance.elementwise(6).withFloor(1);
      // Others subtract from 1 what is near to it where x is far below 0.
      case GELU, GELU_TANH, SILU -> Tolerance.elementwise(8).withFloor(1);
      case POWER_SCALAR -> Tolerance.elementwise(16);
    };
  }

  @Override
  public Tolerance gradientTolerance(Sample<Parameters> sample) {
    // The derivatives are sums of products with x of what is nearly 0 or 1.
    boolean isGated = op == UnaryOp.SILU || op == UnaryOp.GELU || op == UnaryOp.GELU_TANH;
    return Tolerance.elementwise(24).withFloor(isGated ? 16 : 1);
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "a type that is for storage only",
            IllegalArgumentException.class,
            () -> Unary.apply(op, Tensor.ones(3).to(DType.FLOAT16)),
            "not defined for float16",
            "input   float16[3]",
            "rule    float32 or float64",
            "to(DType.FLOAT32)"));
  }
}
