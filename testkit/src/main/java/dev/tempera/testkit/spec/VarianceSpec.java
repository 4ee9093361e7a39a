package dev.tempera.testkit.spec;

import dev.tempera.data.ShapeException;
import dev.tempera.op.Variance;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Population variances; the parameter names the axes. */
public record VarianceSpec() implements OpSpec<List<Integer>> {
  @Override
  public String name() {
    return "variance";
  }

  @Override
  public Class<?> operation() {
    return Variance.class;
  }

  @Override
  public List<Sample<List<Integer>>> samples(Draw draw) {
    return List.of(
        Sample.of("one", List.of(), draw.normal(1)),
        Sample.of("33", List.of(), draw.normal(33)),
        Sample.of("far from 0", List.of(), draw.uniform(100, 101, 1025)),
        Sample.of("rows", List.of(1), draw.normal(7, 33)),
        Sample.of("columns", List.of(0), draw.normal(33, 7)),
        Sample.of("pixels", List.of(2, 3), draw.normal(2, 5, 7, 3)));
  }

  @Override
  public List<Sample<List<Integer>>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", List.of(2, 3), draw.normal(2, 5, 61, 157)));
  }

  @Override
  public Tensor apply(List<Integer> parameters, List<Tensor> inputs) {
    return Variance.apply(inputs.get(0), parameters.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public Tolerance tolerance(Sample<List<Integer>> sample) {
    double size = 0;
    for (double value : sample.input(0).values()) {
      size = Math.max(size, Math.abs(value));
    }
    return Tolerance.sumOf(sample.input(0).shape().size()).withFloor(size);
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> Variance.apply(Tensor.ones(3), 1),
            "variance: there is no axis 1"));
  }
}
