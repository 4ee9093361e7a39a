package dev.tempera.testkit.spec;

import dev.tempera.backend.Domain;
import dev.tempera.data.DType;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Norm;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Vector norms over axes. */
public record NormSpec() implements OpSpec<NormSpec.Parameters> {
  private static final Domain AWAY_FROM_KINK = Domain.awayFrom(0);
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /**
   * Which of them.
   *
   * @param p the order
   * @param keepsAxes whether reduced axes keep length 1
   * @param axes that are reduced, all if empty
   */
  public record Parameters(double p, boolean keepsAxes, List<Integer> axes) {}

  @Override
  public String name() {
    return "norm";
  }

  @Override
  public Class<?> operation() {
    return Norm.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    return List.of(
        Sample.of("one", of(2), draw.within(AWAY_FROM_KINK, 1)),
        Sample.of("17, L1", of(1), draw.within(AWAY_FROM_KINK, 17)),
        Sample.of("1025, L2", of(2), draw.within(AWAY_FROM_KINK, 1025)),
        Sample.of("33, largest", of(INFINITY), draw.uniform(0.1, 3, 33)),
        Sample.of("rows, L2", of(2, 1), draw.within(AWAY_FROM_KINK, 7, 33)),
        Sample.of("columns, L1", of(1, 0), draw.within(AWAY_FROM_KINK, 33, 7)),
        Sample.of("middle axis, p = 3", of(3, -2), draw.within(AWAY_FROM_KINK, 3, 17, 5)),
        Sample.of("pixels, p = 1.5", of(1.5, 2, 3), draw.uniform(0.1, 3, 2, 5, 3, 4)),
        Sample.of(
            "kept", new Parameters(2, true, List.of(0, 2)), draw.within(AWAY_FROM_KINK, 3, 5, 7)),
        Sample.of("zeros, L1", of(1, 1), zeros()).notSmooth(),
        Sample.of("zeros, L2", of(2, 1), zeros()).notSmooth(),
        Sample.of("zeros, p = 3", of(3, 1), zeros()).notSmooth(),
        Sample.of("special, L2", of(2, 1), special()).notSmooth(),
        Sample.of("special, largest", of(INFINITY, 1), special()).notSmooth());
  }

  private static Input zeros() {
    return Input.of(new double[] {0, 0, 0, 1, 0, -2}, 2, 3);
  }

  private static Input special() {
    double[] values = {1, Double.NaN, 2, -INFINITY, 5, INFINITY, -0.0, 0, -0.0};
    return Input.of(values, 3, 3);
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return List.of(
        Sample.of("large", of(2), draw.normal(235_141)),
        Sample.of("large, pixels", of(1, 2, 3), draw.normal(2, 5, 131, 177)));
  }

  private static Parameters of(double p, Integer... axes) {
    return new Parameters(p, false, List.of(axes));
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    int[] axes = parameters.axes().stream().mapToInt(Integer::intValue).toArray();
    return parameters.keepsAxes()
        ? Norm.keepingAxes(inputs.get(0), parameters.p(), axes)
        : Norm.apply(inputs.get(0), parameters.p(), axes);
  }

  /** Powers are a few roundings for each unit of the exponent. */
  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    return Tolerance.sumOf(sample.input(0).shape().size());
  }

  @Override
  public Tolerance gradientTolerance(Sample<Parameters> sample) {
    return Tolerance.sumOf(sample.input(0).shape().size()).withFloor(1);
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "an order below 1",
            IllegalArgumentException.class,
            () -> Norm.apply(Tensor.ones(2, 3), 0.5),
            "norm: there is no norm of order 0.5",
            "rule    p ≥ 1"),
        ErrorSample.of(
            "an order that is no number",
            IllegalArgumentException.class,
            () -> Norm.apply(Tensor.ones(3), Double.NaN),
            "norm: there is no norm of order NaN"),
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> Norm.apply(Tensor.ones(2, 3), 2, 2),
            "norm: there is no axis 2"),
        ErrorSample.of(
            "integers",
            IllegalArgumentException.class,
            () -> Norm.keepingAxes(Tensor.ones(3).to(DType.INT32), 1),
            "norm: not defined for int32"));
  }
}
