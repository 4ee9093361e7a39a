package dev.tempera.testkit.spec;

import dev.tempera.data.ShapeException;
import dev.tempera.op.Unsqueeze;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** A new axis of length 1; the parameter is its place. */
public record UnsqueezeSpec() implements OpSpec<Integer> {
  @Override
  public String name() {
    return "unsqueeze";
  }

  @Override
  public Class<?> operation() {
    return Unsqueeze.class;
  }

  @Override
  public List<Sample<Integer>> samples(Draw draw) {
    return List.of(
        Sample.of("scalar", 0, draw.normal()),
        Sample.of("first", 0, draw.normal(17)),
        Sample.of("last", -1, draw.normal(5, 7)),
        Sample.of("middle", 1, draw.normal(3, 5)),
        Sample.of("empty", 2, draw.normal(0, 3)));
  }

  @Override
  public List<Sample<Integer>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", 1, draw.normal(300, 301)));
  }

  @Override
  public Tensor apply(Integer parameters, List<Tensor> inputs) {
    return Unsqueeze.apply(inputs.get(0), parameters);
  }

  @Override
  public Tolerance tolerance(Sample<Integer> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "no such place",
            ShapeException.class,
            () -> Unsqueeze.apply(Tensor.ones(2, 3), 3),
            "unsqueeze: there is no place 3",
            "input   [2, 3]",
            "−3 ≤ axis < 3"),
        ErrorSample.of(
            "no such place from the end",
            ShapeException.class,
            () -> Unsqueeze.apply(Tensor.ones(2), -3),
            "unsqueeze: there is no place -3"));
  }
}
