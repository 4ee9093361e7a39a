package dev.tempera.testkit.spec;

import dev.tempera.data.ShapeException;
import dev.tempera.op.Flip;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Axes run backwards; the parameters are which. */
public record FlipSpec() implements OpSpec<List<Integer>> {
  @Override
  public String name() {
    return "flip";
  }

  @Override
  public Class<?> operation() {
    return Flip.class;
  }

  @Override
  public List<Sample<List<Integer>>> samples(Draw draw) {
    return List.of(
        Sample.of("vector", List.of(0), draw.normal(33)),
        Sample.of("lane by lane", List.of(-1), draw.normal(3, 67)),
        Sample.of("rows", List.of(0), draw.normal(5, 17)),
        Sample.of("all of a matrix", List.of(), draw.normal(5, 17)),
        Sample.of("image, left and right", List.of(3), draw.normal(2, 3, 5, 7)),
        Sample.of("channels and rows", List.of(1, 2), draw.normal(2, 17, 5, 3)),
        Sample.of("scalar", List.of(), draw.normal()),
        Sample.of("empty", List.of(0), draw.normal(0, 3)));
  }

  @Override
  public List<Sample<List<Integer>>> largeSamples(Draw draw) {
    return List.of(
        Sample.of("large, along rows", List.of(-1), draw.normal(300, 301)),
        Sample.of("large, image", List.of(2, 3), draw.normal(2, 33, 41, 43)));
  }

  @Override
  public Tensor apply(List<Integer> parameters, List<Tensor> inputs) {
    return Flip.apply(inputs.get(0), parameters.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public Tolerance tolerance(Sample<List<Integer>> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> Flip.apply(Tensor.ones(2, 3), 2),
            "flip: there is no axis 2"),
        ErrorSample.of(
            "twice",
            ShapeException.class,
            () -> Flip.apply(Tensor.ones(2, 3), 1, -1),
            "flip: axis 1 is named twice"));
  }
}
