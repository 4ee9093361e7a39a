package dev.tempera.testkit.spec;

import dev.tempera.data.DType;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Stack;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Tensors side by side; the parameter is the new axis. */
public record StackSpec() implements OpSpec<Integer> {
  @Override
  public String name() {
    return "stack";
  }

  @Override
  public Class<?> operation() {
    return Stack.class;
  }

  @Override
  public List<Sample<Integer>> samples(Draw draw) {
    return List.of(
        Sample.of("one part", 0, draw.normal(5)),
        Sample.of("scalars", 0, draw.normal(), draw.normal(), draw.normal()),
        Sample.of("rows", 0, draw.normal(17), draw.normal(17)),
        Sample.of("columns", -1, draw.normal(5), draw.normal(5), draw.normal(5)),
        Sample.of("in the middle", 1, draw.normal(3, 7), draw.normal(3, 7)),
        Sample.of("images", 2, draw.normal(2, 3, 5, 4), draw.normal(2, 3, 5, 4)));
  }

  @Override
  public List<Sample<Integer>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", 1, draw.normal(300, 301), draw.normal(300, 301)));
  }

  @Override
  public Tensor apply(Integer parameters, List<Tensor> inputs) {
    return Stack.apply(inputs, parameters);
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
            () -> Stack.apply(List.of(), 0),
            "stack: there are no parts"),
        ErrorSample.of(
            "parts that differ",
            ShapeException.class,
            () -> Stack.apply(List.of(Tensor.ones(2, 3), Tensor.ones(2, 4)), 0),
            "stack: the parts differ",
            "first   float32[2, 3]",
            "part    float32[2, 4]",
            "concat"),
        ErrorSample.of(
            "other types",
            ShapeException.class,
            () -> Stack.apply(List.of(Tensor.ones(3), Tensor.ones(DType.FLOAT64, 3)), 0),
            "stack: the parts differ",
            "float64[3]"),
        ErrorSample.of(
            "no such place",
            ShapeException.class,
            () -> Stack.apply(List.of(Tensor.ones(2)), 2),
            "stack: there is no place 2"));
  }
}
