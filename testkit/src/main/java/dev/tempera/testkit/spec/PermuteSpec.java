package dev.tempera.testkit.spec;

import dev.tempera.data.ShapeException;
import dev.tempera.op.Permute;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Axes in another order; the parameter is the order, nothing for a transposition. */
public record PermuteSpec() implements OpSpec<List<Integer>> {
  @Override
  public String name() {
    return "permute";
  }

  @Override
  public Class<?> operation() {
    return Permute.class;
  }

  @Override
  public List<Sample<List<Integer>>> samples(Draw draw) {
    return List.of(
        Sample.of("matrix", List.of(1, 0), draw.normal(5, 17)),
        Sample.of("transposed stack", List.of(), draw.normal(3, 5, 7)),
        Sample.of("rotated", List.of(1, 2, 0), draw.normal(3, 5, 7)),
        Sample.of("from the end", List.of(-1, 0, -2), draw.normal(3, 5, 7)),
        Sample.of("pixels", List.of(0, 2, 3, 1), draw.normal(2, 5, 3, 4)),
        Sample.of("kernels", List.of(3, 2, 0, 1), draw.normal(3, 3, 5, 7)));
  }

  @Override
  public List<Sample<List<Integer>>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", List.of(0, 2, 1), draw.normal(3, 257, 301)));
  }

  @Override
  public Tensor apply(List<Integer> parameters, List<Tensor> inputs) {
    return parameters.isEmpty()
        ? Permute.transpose(inputs.get(0))
        : Permute.apply(inputs.get(0), parameters.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public Tolerance tolerance(Sample<List<Integer>> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "an axis twice",
            ShapeException.class,
            () -> Permute.apply(Tensor.ones(2, 3), 0, 0),
            "permute: the order does not name every axis once",
            "input   [2, 3]",
            "order   [0, 0]"),
        ErrorSample.of(
            "an axis missing",
            ShapeException.class,
            () -> Permute.apply(Tensor.ones(2, 3), 0),
            "permute: the order does not name every axis once"),
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> Permute.apply(Tensor.ones(2, 3), 0, 2),
            "permute: there is no axis 2"),
        ErrorSample.of(
            "transposed vector",
            ShapeException.class,
            () -> Permute.transpose(Tensor.ones(3)),
            "transpose: needs two axes"));
  }
}
