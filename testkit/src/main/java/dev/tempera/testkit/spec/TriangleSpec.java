package dev.tempera.testkit.spec;

import dev.tempera.data.DType;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Triangle;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** The part of matrices on one side of a diagonal. */
public record TriangleSpec() implements OpSpec<TriangleSpec.Parameters> {
  /**
   * Which part.
   *
   * @param isUpper above the diagonal, else below
   * @param offset of the diagonal
   */
  public record Parameters(boolean isUpper, int offset) {}

  @Override
  public String name() {
    return "triangle";
  }

  @Override
  public Class<?> operation() {
    return Triangle.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    return List.of(
        Sample.of("lower", new Parameters(false, 0), draw.normal(7, 7)),
        Sample.of("upper", new Parameters(true, 0), draw.normal(7, 7)),
        Sample.of("lower, wide", new Parameters(false, 2), draw.normal(5, 17)),
        Sample.of("upper, tall", new Parameters(true, -3), draw.normal(17, 5)),
        Sample.of("stack", new Parameters(false, -1), draw.normal(2, 3, 5, 4)),
        Sample.of("all", new Parameters(true, Integer.MIN_VALUE), draw.normal(5, 7)),
        Sample.of("nothing", new Parameters(true, Integer.MAX_VALUE), draw.normal(5, 7)),
        Sample.of("empty", new Parameters(true, 0), draw.normal(0, 3)),
        Sample.of("special", new Parameters(true, 1), special()).notSmooth());
  }

  private static Input special() {
    double nan = Double.NaN;
    double infinity = Double.POSITIVE_INFINITY;
    return Input.of(new double[] {nan, infinity, -0.0, nan, -infinity, 0, nan, 1, nan}, 3, 3);
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", new Parameters(true, 1), draw.normal(3, 150, 151)));
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    return parameters.isUpper()
        ? Triangle.upper(x, parameters.offset())
        : Triangle.lower(x, parameters.offset());
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "a vector",
            ShapeException.class,
            () -> Triangle.lower(Tensor.ones(3), 0),
            "tril: needs matrices",
            "input   [3]",
            "(…, M, N)"),
        ErrorSample.of(
            "integers",
            IllegalArgumentException.class,
            () -> Triangle.upper(Tensor.ones(DType.INT32, 3, 3), 0),
            "triu: not defined for int32"));
  }
}
