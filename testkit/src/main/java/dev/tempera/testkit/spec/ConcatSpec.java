package dev.tempera.testkit.spec;

import dev.tempera.data.ShapeException;
import dev.tempera.op.Concat;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Tensors one after another; the parameter is the axis. */
public record ConcatSpec() implements OpSpec<Integer> {
  @Override
  public String name() {
    return "concat";
  }

  @Override
  public Class<?> operation() {
    return Concat.class;
  }

  @Override
  public List<Sample<Integer>> samples(Draw draw) {
    return List.of(
        Sample.of("one part", 0, draw.normal(5)),
        Sample.of("two vectors", 0, draw.normal(17), draw.normal(17)),
        Sample.of("rows", 0, draw.normal(2, 7), draw.normal(3, 7)),
        Sample.of("columns", 1, draw.normal(5, 3), draw.normal(5, 1), draw.normal(5, 13)),
        Sample.of("channels", -3, draw.normal(2, 3, 4, 5), draw.normal(2, 17, 4, 5)),
        Sample.of("an empty part", 0, draw.normal(0, 3), draw.normal(2, 3)));
  }

  @Override
  public List<Sample<Integer>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", 1, draw.normal(3, 61, 257), draw.normal(3, 130, 257)));
  }

  @Override
  public Tensor apply(Integer parameters, List<Tensor> inputs) {
    return Concat.apply(inputs, parameters);
  }

  @Override
  public Tolerance tolerance(Sample<Integer> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public Tolerance gradientTolerance(Sample<Integer> sample) {
    return Tolerance.elementwise(2);
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "no parts",
            IllegalArgumentException.class,
            () -> Concat.apply(List.of(), 0),
            "concat: there are no parts"),
        ErrorSample.of(
            "parts that do not fit",
            ShapeException.class,
            () -> Concat.apply(List.of(Tensor.ones(2, 3), Tensor.ones(2, 4)), 0),
            "concat: the parts do not fit",
            "first   float32[2, 3]",
            "part    float32[2, 4]",
            "but for axis 0"),
        ErrorSample.of(
            "parts of other rank",
            ShapeException.class,
            () -> Concat.apply(List.of(Tensor.ones(2, 3), Tensor.ones(2)), 1),
            "concat: the parts do not fit"));
  }
}
