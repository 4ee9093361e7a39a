package dev.tempera.testkit.spec;

import dev.tempera.backend.ReduceOp;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Sum;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Sums and means over axes. */
public record SumSpec() implements OpSpec<SumSpec.Parameters> {
  /**
   * Which of them.
   *
   * @param op sum or mean
   * @param keepsAxes whether reduced axes keep length 1
   * @param axes that are reduced, all if empty
   */
  public record Parameters(ReduceOp op, boolean keepsAxes, List<Integer> axes) {}

  @Override
  public String name() {
    return "sum";
  }

  @Override
  public Class<?> operation() {
    return Sum.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    return List.of(
        Sample.of("one", sum(), draw.normal(1)),
        Sample.of("scalar", sum(), draw.normal()),
        Sample.of("15", sum(), draw.normal(15)),
        Sample.of("33", mean(), draw.normal(33)),
        Sample.of("1025", sum(), draw.normal(1025)),
        Sample.of("1025, shifted", mean(), draw.uniform(1, 2, 1025)),
        Sample.of("5000", sum(), draw.normal(5000)),
        Sample.of("rows", sum(1), draw.normal(7, 33)),
        Sample.of("columns", mean(0), draw.normal(33, 7)),
        Sample.of("middle axis", sum(1), draw.normal(3, 17, 5)),
        Sample.of("outer axes", mean(0, 2), draw.normal(5, 3, 13)),
        Sample.of("last axis by −1", sum(-1), draw.normal(2, 3, 17)),
        Sample.of("pixels", mean(2, 3), draw.normal(2, 5, 7, 9)),
        Sample.of("bias gradient", sum(0, 2, 3), draw.normal(2, 5, 7, 9)),
        Sample.of("all of an image", mean(), draw.normal(2, 3, 5, 7)),
        Sample.of("axis of length 1", sum(1), draw.normal(3, 1, 5)),
        Sample.of("kept", keeping(ReduceOp.SUM, 0, 2), draw.normal(3, 5, 7)),
        Sample.of("kept, all", keeping(ReduceOp.MEAN), draw.normal(3, 5)),
        Sample.of("nothing to add", sum(1), draw.normal(3, 0)),
        Sample.of("special", sum(1), special()).notSmooth());
  }

  private static Input special() {
    double[] values = {1, Double.NaN, 2, Double.POSITIVE_INFINITY, 5, -1, -0.0, -0.0, -0.0};
    return Input.of(values, 3, 3);
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return List.of(
        Sample.of("large", sum(), draw.normal(235_141)),
        Sample.of("large, pixels", mean(2, 3), draw.normal(2, 5, 131, 177)),
        Sample.of("large, channels", sum(0, 2, 3), draw.normal(2, 33, 61, 57)));
  }

  private static Parameters sum(Integer... axes) {
    return new Parameters(ReduceOp.SUM, false, List.of(axes));
  }

  private static Parameters mean(Integer... axes) {
    return new Parameters(ReduceOp.MEAN, false, List.of(axes));
  }

  private static Parameters keeping(ReduceOp op, Integer... axes) {
    return new Parameters(op, true, List.of(axes));
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    int[] axes = parameters.axes().stream().mapToInt(Integer::intValue).toArray();
    if (parameters.op() == ReduceOp.SUM) {
      return parameters.keepsAxes() ? Sum.sumKeepingAxes(x, axes) : Sum.sum(x, axes);
    }
    return parameters.keepsAxes() ? Sum.meanKeepingAxes(x, axes) : Sum.mean(x, axes);
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    long terms = sample.input(0).shape().size();
    double size = sample.parameters().op() == ReduceOp.SUM ? Math.sqrt((double) terms) : 1;
    return Tolerance.sumOf(terms).withFloor(size);
  }

  @Override
  public Tolerance gradientTolerance(Sample<Parameters> sample) {
    return Tolerance.elementwise(2);
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> Sum.sum(Tensor.ones(2, 3), 2),
            "sum: there is no axis 2",
            "input   [2, 3]",
            "−2 ≤ axis < 2"),
        ErrorSample.of(
            "an axis twice",
            ShapeException.class,
            () -> Sum.mean(Tensor.ones(2, 3), 1, -1),
            "mean: axis 1 is named twice",
            "[1, -1]"));
  }
}
