package dev.tempera.testkit.spec;

import dev.tempera.data.DType;
import dev.tempera.data.ShapeException;
import dev.tempera.op.StandardDeviation;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Standard deviations of populations and samples. */
public record StandardDeviationSpec() implements OpSpec<VarianceSpec.Parameters> {
  @Override
  public String name() {
    return "standardDeviation";
  }

  @Override
  public Class<?> operation() {
    return StandardDeviation.class;
  }

  @Override
  public List<Sample<VarianceSpec.Parameters>> samples(Draw draw) {
    Input constant = Input.of(new double[] {2, 2, 2, -1, -1, -1}, 2, 3);
    return List.of(
        Sample.of("33", over(0), draw.normal(33)),
        Sample.of("33, corrected", over(1), draw.normal(33)),
        Sample.of("rows", over(0, 1), draw.normal(7, 33)),
        Sample.of("columns, corrected", over(1, 0), draw.normal(33, 7)),
        Sample.of("pixels", over(0, 2, 3), draw.normal(2, 5, 7, 3)),
        Sample.of(
            "kept", new VarianceSpec.Parameters(1, true, List.of(0, 2)), draw.normal(3, 5, 7)),
        Sample.of("constant", over(1, 1), constant).notSmooth());
  }

  @Override
  public List<Sample<VarianceSpec.Parameters>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", over(1, 2, 3), draw.normal(2, 5, 61, 157)));
  }

  private static VarianceSpec.Parameters over(double correction, Integer... axes) {
    return new VarianceSpec.Parameters(correction, false, List.of(axes));
  }

  @Override
  public Tensor apply(VarianceSpec.Parameters parameters, List<Tensor> inputs) {
    int[] axes = parameters.axes().stream().mapToInt(Integer::intValue).toArray();
    return parameters.keepsAxes()
        ? StandardDeviation.keepingAxes(inputs.get(0), parameters.correction(), axes)
        : StandardDeviation.apply(inputs.get(0), parameters.correction(), axes);
  }

  @Override
  public Tolerance tolerance(Sample<VarianceSpec.Parameters> sample) {
    return Tolerance.sumOf(sample.input(0).shape().size())
        .withFloor(Extent.magnitude(sample.input(0)));
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> StandardDeviation.apply(Tensor.ones(3), 0, 1),
            "standardDeviation: there is no axis 1"),
        ErrorSample.of(
            "too few elements",
            IllegalArgumentException.class,
            () -> StandardDeviation.keepingAxes(Tensor.ones(2, 1), 1, 1),
            "standardDeviation: too few elements for this correction",
            "here 1 − 1.0"),
        ErrorSample.of(
            "integers",
            IllegalArgumentException.class,
            () -> StandardDeviation.apply(Tensor.ones(3).to(DType.INT32), 1),
            "standardDeviation: not defined for int32"));
  }
}
