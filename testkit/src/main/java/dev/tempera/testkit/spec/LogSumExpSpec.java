package dev.tempera.testkit.spec;

import dev.tempera.data.DType;
import dev.tempera.data.ShapeException;
import dev.tempera.op.LogSumExp;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.ArrayList;
import java.util.List;

/** Smooth maxima along an axis. */
public record LogSumExpSpec() implements OpSpec<LogSumExpSpec.Parameters> {
  private static final double ROUNDINGS = 8;

  /**
   * Which of them.
   *
   * @param axis that is summed over
   * @param keepsAxis whether it keeps length 1
   */
  public record Parameters(int axis, boolean keepsAxis) {}

  @Override
  public String name() {
    return "logSumExp";
  }

  @Override
  public Class<?> operation() {
    return LogSumExp.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    List<Sample<Parameters>> samples = new ArrayList<>();
    for (Sample<Integer> line : SoftmaxSpec.lines(draw)) {
      samples.add(withAxis(line, false));
    }
    samples.add(Sample.of("kept", new Parameters(-2, true), draw.normal(3, 5, 7)));
    return samples;
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return SoftmaxSpec.largeLines(draw).stream().map(line -> withAxis(line, false)).toList();
  }

  private static Sample<Parameters> withAxis(Sample<Integer> line, boolean keepsAxis) {
    Parameters parameters = new Parameters(line.parameters(), keepsAxis);
    return new Sample<>(line.name(), line.inputs(), parameters, line.smooth());
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    return parameters.keepsAxis()
        ? LogSumExp.keepingAxis(inputs.get(0), parameters.axis())
        : LogSumExp.apply(inputs.get(0), parameters.axis());
  }

  /** The largest element and the logarithm of the rest may cancel. */
  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    double logarithm = Math.log1p((double) sample.input(0).shape().size());
    double intermediate = Extent.magnitude(sample.input(0)) + logarithm;
    return Tolerance.elementwise(ROUNDINGS).withFloor(intermediate);
  }

  /** The rounding of y counts for as much as it is large; differentiated twice, terms cancel. */
  @Override
  public Tolerance gradientTolerance(Sample<Parameters> sample) {
    double logarithm = Math.log1p((double) sample.input(0).shape().size());
    double roundings = ROUNDINGS + 2 * Extent.magnitude(sample.input(0)) + logarithm;
    return Tolerance.elementwise(roundings).withFloor(1);
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> LogSumExp.apply(Tensor.ones(2, 3), 2),
            "logSumExp: there is no axis 2",
            "input   [2, 3]"),
        ErrorSample.of(
            "integers",
            IllegalArgumentException.class,
            () -> LogSumExp.keepingAxis(Tensor.ones(3).to(DType.INT32), 0),
            "logSumExp: not defined for int32",
            "to(DType.FLOAT32)"));
  }
}
