package dev.tempera.testkit.spec;

import dev.tempera.data.ShapeException;
import dev.tempera.op.Argmax;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Positions of largest elements. */
public record ArgmaxSpec() implements OpSpec<ArgmaxSpec.Parameters> {
  /**
   * Which of them.
   *
   * @param axis along which
   * @param keepsAxis whether it keeps length 1
   */
  public record Parameters(int axis, boolean keepsAxis) {}

  @Override
  public String name() {
    return "argmax";
  }

  @Override
  public Class<?> operation() {
    return Argmax.class;
  }

  @Override
  public boolean isDifferentiable() {
    return false;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    return lines(draw);
  }

  /** Lines in all places, with ties and special numbers. */
  static List<Sample<Parameters>> lines(Draw draw) {
    double nan = Double.NaN;
    double infinity = Double.POSITIVE_INFINITY;
    double[] special = {1, nan, 3, nan, infinity, nan, -infinity, -infinity, -1, -0.0, 0.0, 0.0};
    return List.of(
        Sample.of("one", dropping(0), draw.distinct(1)),
        Sample.of("17", dropping(0), draw.distinct(17)),
        Sample.of("1025", dropping(0), draw.distinct(1025)),
        Sample.of("rows", dropping(1), draw.distinct(7, 33)),
        Sample.of("columns", dropping(0), draw.distinct(33, 7)),
        Sample.of("middle axis", dropping(-2), draw.distinct(3, 17, 5)),
        Sample.of("kept", new Parameters(1, true), draw.distinct(5, 7, 3)),
        Sample.of("ties", dropping(1), draw.withTies(13, 31)),
        Sample.of("special", dropping(1), Input.of(special, 3, 4)));
  }

  private static Parameters dropping(int axis) {
    return new Parameters(axis, false);
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", dropping(1), draw.withTies(97, 1031)));
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    return parameters.keepsAxis()
        ? Argmax.keepingAxis(inputs.get(0), parameters.axis())
        : Argmax.apply(inputs.get(0), parameters.axis());
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "nothing to choose from",
            ShapeException.class,
            () -> Argmax.apply(Tensor.zeros(0, 3), 0),
            "argmax: no elements to choose from"),
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> Argmax.apply(Tensor.ones(3), 1),
            "argmax: there is no axis 1"));
  }
}
