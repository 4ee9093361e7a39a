package dev.tempera.testkit.spec;

import dev.tempera.data.ShapeException;
import dev.tempera.op.Squeeze;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Axes of length 1 taken away; the parameters are which. */
public record SqueezeSpec() implements OpSpec<List<Integer>> {
  @Override
  public String name() {
    return "squeeze";
  }

  @Override
  public Class<?> operation() {
    return Squeeze.class;
  }

  @Override
  public List<Sample<List<Integer>>> samples(Draw draw) {
    return List.of(
        Sample.of("all", List.of(), draw.normal(1, 17, 1)),
        Sample.of("a scalar is left", List.of(), draw.normal(1, 1)),
        Sample.of("nothing to take", List.of(), draw.normal(5, 7)),
        Sample.of("the first", List.of(0), draw.normal(1, 5, 1)),
        Sample.of("two of three", List.of(-1, 0), draw.normal(1, 5, 1, 1)),
        Sample.of("empty", List.of(1), draw.normal(0, 1, 3)));
  }

  @Override
  public List<Sample<List<Integer>>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", List.of(), draw.normal(1, 300, 1, 301)));
  }

  @Override
  public Tensor apply(List<Integer> parameters, List<Tensor> inputs) {
    return Squeeze.apply(inputs.get(0), parameters.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public Tolerance tolerance(Sample<List<Integer>> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "another length",
            ShapeException.class,
            () -> Squeeze.apply(Tensor.ones(1, 3), 1),
            "squeeze: axis 1 has length 3",
            "input   [1, 3]",
            "only axes of length 1"),
        ErrorSample.of(
            "twice",
            ShapeException.class,
            () -> Squeeze.apply(Tensor.ones(1, 3), 0, -2),
            "squeeze: axis 0 is named twice"),
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> Squeeze.apply(Tensor.ones(1, 3), 2),
            "squeeze: there is no axis 2"));
  }
}
