package dev.tempera.testkit.spec;

import dev.tempera.data.DType;
import dev.tempera.data.ShapeException;
import dev.tempera.op.CumulativeSum;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Running totals along an axis, which is the parameter. */
public record CumulativeSumSpec() implements OpSpec<Integer> {
  @Override
  public String name() {
    return "cumulativeSum";
  }

  @Override
  public Class<?> operation() {
    return CumulativeSum.class;
  }

  @Override
  public List<Sample<Integer>> samples(Draw draw) {
    double infinity = Double.POSITIVE_INFINITY;
    double[] special = {1, -0.0, 2, infinity, 5, -infinity, -0.0, Double.NaN, 3};
    return List.of(
        Sample.of("one", 0, draw.normal(1)),
        Sample.of("17", 0, draw.normal(17)),
        Sample.of("1025", -1, draw.normal(1025)),
        Sample.of("several chunks", 0, draw.normal(40_009)).notSmooth(),
        Sample.of("rows", 1, draw.normal(7, 33)),
        Sample.of("columns", 0, draw.normal(33, 7)),
        Sample.of("wide columns", 0, draw.normal(9, 131)),
        Sample.of("middle axis", -2, draw.normal(3, 17, 5)),
        Sample.of("wide middle axis", 1, draw.normal(3, 5, 37)),
        Sample.of("channels", 1, draw.normal(2, 5, 7, 3)),
        Sample.of("nothing to add", 1, draw.normal(3, 0)),
        Sample.of("special", 1, Input.of(special, 3, 3)).notSmooth());
  }

  @Override
  public List<Sample<Integer>> largeSamples(Draw draw) {
    return List.of(
        Sample.of("large", 0, draw.normal(235_141)),
        Sample.of("large, columns", 0, draw.normal(131, 1031)));
  }

  @Override
  public Tensor apply(Integer parameters, List<Tensor> inputs) {
    return CumulativeSum.apply(inputs.get(0), parameters);
  }

  @Override
  public Tolerance tolerance(Sample<Integer> sample) {
    return Tolerance.sumOf(sample.input(0).shape().size());
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> CumulativeSum.apply(Tensor.ones(2, 3), -3),
            "cumulativeSum: there is no axis -3",
            "input   [2, 3]"),
        ErrorSample.of(
            "integers",
            IllegalArgumentException.class,
            () -> CumulativeSum.apply(Tensor.ones(3).to(DType.INT32), 0),
            "cumulativeSum: not defined for int32"));
  }
}
