package dev.tempera.testkit.spec;

import dev.tempera.data.ShapeException;
import dev.tempera.op.Reshape;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Other shapes of the same elements; the parameter is the target, with at most one −1. */
public record ReshapeSpec() implements OpSpec<List<Integer>> {
  @Override
  public String name() {
    return "reshape";
  }

  @Override
  public Class<?> operation() {
    return Reshape.class;
  }

  @Override
  public List<Sample<List<Integer>>> samples(Draw draw) {
    return List.of(
        Sample.of("same", List.of(3, 5), draw.normal(3, 5)),
        Sample.of("flat", List.of(-1), draw.normal(3, 5, 7)),
        Sample.of("split", List.of(3, 5, 7), draw.normal(15, 7)),
        Sample.of("merged", List.of(15, -1), draw.normal(3, 5, 7)),
        Sample.of("across", List.of(14, 15), draw.normal(6, 35)),
        Sample.of("feature rows", List.of(2, 5, 12), draw.normal(2, 5, 3, 4)),
        Sample.of("ones", List.of(1, 7, 1, 3, 1), draw.normal(7, 1, 3)),
        Sample.of("to a scalar", List.of(), draw.normal(1, 1)),
        Sample.of("from a scalar", List.of(1, 1), draw.normal()));
  }

  @Override
  public List<Sample<List<Integer>>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", List.of(257, 903), draw.normal(3, 301, 257)));
  }

  @Override
  public Tensor apply(List<Integer> parameters, List<Tensor> inputs) {
    return Reshape.apply(inputs.get(0), parameters.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public Tolerance tolerance(Sample<List<Integer>> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "another number of elements",
            ShapeException.class,
            () -> Reshape.apply(Tensor.ones(2, 3), 7),
            "reshape: the number of elements would change",
            "[2, 3]  6 elements",
            "[7]  7 elements"),
        ErrorSample.of(
            "two open lengths",
            ShapeException.class,
            () -> Reshape.apply(Tensor.ones(2, 3), -1, -1),
            "reshape: more than one length is −1"),
        ErrorSample.of(
            "an open length that is not whole",
            ShapeException.class,
            () -> Reshape.apply(Tensor.ones(2, 3), 4, -1),
            "reshape: 6 elements do not divide into the other axes"),
        ErrorSample.of(
            "a negative length",
            ShapeException.class,
            () -> Reshape.apply(Tensor.ones(2, 3), -2, -3),
            "negative length"));
  }
}
