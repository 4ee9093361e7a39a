package dev.tempera.testkit.spec;

import dev.tempera.backend.ReduceOp;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Extremum;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Largest and smallest elements over axes. */
public record ExtremumSpec() implements OpSpec<ExtremumSpec.Parameters> {
  /**
   * Which of them.
   *
   * @param op largest or smallest
   * @param axes that are reduced, all if empty
   */
  public record Parameters(ReduceOp op, List<Integer> axes) {}

  @Override
  public String name() {
    return "extremum";
  }

  @Override
  public Class<?> operation() {
    return Extremum.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    return List.of(
        Sample.of("one", max(), draw.distinct(1)),
        Sample.of("15", max(), draw.distinct(15)),
        Sample.of("17", min(), draw.distinct(17)),
        Sample.of("1025", max(), draw.distinct(1025)),
        Sample.of("rows", max(1), draw.distinct(7, 33)),
        Sample.of("columns", min(0), draw.distinct(33, 7)),
        Sample.of("middle axis", max(1), draw.distinct(3, 17, 5)),
        Sample.of("pixels", min(2, 3), draw.distinct(2, 5, 7, 3)),
        Sample.of("channels", max(-3), draw.distinct(2, 5, 7, 3)),
        Sample.of("ties", max(1), draw.withTies(7, 33)).notSmooth(),
        Sample.of("ties in all", min(), draw.withTies(5, 3)).notSmooth(),
        Sample.of("special, max", max(1), special()).notSmooth(),
        Sample.of("special, min", min(1), special()).notSmooth());
  }

  /** Rows with NaN, with infinities and with both zeros. */
  private static Input special() {
    double infinity = Double.POSITIVE_INFINITY;
    double[] values = {
      1, Double.NaN, 3, Double.NaN, infinity, -infinity, 2, infinity, -infinity, -0.0, 0.0, -1
    };
    return Input.of(values, 3, 4);
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return List.of(
        Sample.of("large", max(), draw.normal(235_141)),
        Sample.of("large, pixels", min(2, 3), draw.normal(2, 5, 131, 177)));
  }

  private static Parameters max(Integer... axes) {
    return new Parameters(ReduceOp.MAX, List.of(axes));
  }

  private static Parameters min(Integer... axes) {
    return new Parameters(ReduceOp.MIN, List.of(axes));
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    int[] axes = parameters.axes().stream().mapToInt(Integer::intValue).toArray();
    return parameters.op() == ReduceOp.MAX
        ? Extremum.max(inputs.get(0), axes)
        : Extremum.min(inputs.get(0), axes);
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public Tolerance gradientTolerance(Sample<Parameters> sample) {
    return Tolerance.elementwise(2);
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "nothing to choose from",
            ShapeException.class,
            () -> Extremum.max(Tensor.zeros(3, 0), 1),
            "max: no elements to choose from",
            "[3, 0]"),
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> Extremum.min(Tensor.ones(3), -2),
            "min: there is no axis -2"));
  }
}
