package dev.tempera.testkit.spec;

import dev.tempera.data.DType;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Variance;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Variances of populations and samples. */
public record VarianceSpec() implements OpSpec<VarianceSpec.Parameters> {
  /**
   * Which of them.
   *
   * @param correction what is subtracted from the number of elements
   * @param keepsAxes whether reduced axes keep length 1
   * @param axes that are reduced, all if empty
   */
  public record Parameters(double correction, boolean keepsAxes, List<Integer> axes) {}

  @Override
  public String name() {
    return "variance";
  }

  @Override
  public Class<?> operation() {
    return Variance.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    return List.of(
        Sample.of("one", over(0), draw.normal(1)),
        Sample.of("33", over(0), draw.normal(33)),
        Sample.of("33, corrected", over(1), draw.normal(33)),
        Sample.of("far from 0", over(0), draw.uniform(100, 101, 1025)),
        Sample.of("rows", over(0, 1), draw.normal(7, 33)),
        Sample.of("columns, corrected", over(1, 0), draw.normal(33, 7)),
        Sample.of("pixels", over(0, 2, 3), draw.normal(2, 5, 7, 3)),
        Sample.of("corrected by a half", over(0.5, -1), draw.normal(3, 17)),
        Sample.of("kept", new Parameters(1, true, List.of(0, 2)), draw.normal(3, 5, 7)));
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", over(0, 2, 3), draw.normal(2, 5, 61, 157)));
  }

  private static Parameters over(double correction, Integer... axes) {
    return new Parameters(correction, false, List.of(axes));
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    int[] axes = parameters.axes().stream().mapToInt(Integer::intValue).toArray();
    if (parameters.keepsAxes()) {
      return Variance.keepingAxes(x, parameters.correction(), axes);
    }
    return parameters.correction() == 0
        ? Variance.apply(x, axes)
        : Variance.corrected(x, parameters.correction(), axes);
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    return Tolerance.sumOf(sample.input(0).shape().size())
        .withFloor(Extent.magnitude(sample.input(0)));
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> Variance.apply(Tensor.ones(3), 1),
            "variance: there is no axis 1"),
        ErrorSample.of(
            "too few elements",
            IllegalArgumentException.class,
            () -> Variance.corrected(Tensor.ones(5, 1), 1, 1),
            "variance: too few elements for this correction",
            "input   [5, 1]",
            "elements − correction > 0, here 1 − 1.0"),
        ErrorSample.of(
            "integers",
            IllegalArgumentException.class,
            () -> Variance.apply(Tensor.ones(3).to(DType.INT32)),
            "variance: not defined for int32"));
  }
}
