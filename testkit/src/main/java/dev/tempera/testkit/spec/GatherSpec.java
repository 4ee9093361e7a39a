package dev.tempera.testkit.spec;

import static dev.tempera.data.DType.INT32;
import static dev.tempera.data.DType.INT64;

import dev.tempera.data.DType;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Gather;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Elements from places along an axis, which is the parameter. */
public record GatherSpec() implements OpSpec<Integer> {
  @Override
  public String name() {
    return "gather";
  }

  @Override
  public Class<?> operation() {
    return Gather.class;
  }

  @Override
  public List<Sample<Integer>> samples(Draw draw) {
    return List.of(
        Sample.of("one", 0, draw.normal(1), draw.indices(INT32, 1, 1)),
        Sample.of("33 of 17", 0, draw.normal(17), draw.indices(INT32, 17, 33)),
        Sample.of("rows, int64", 1, draw.normal(7, 13), draw.indices(INT64, 13, 7, 5)),
        Sample.of("columns", 0, draw.normal(13, 7), draw.indices(INT32, 13, 3, 7)),
        Sample.of("middle axis", -2, draw.normal(3, 17, 5), draw.indices(INT64, 17, 3, 19, 5)),
        Sample.of("images", 1, draw.normal(2, 5, 3, 4), draw.indices(INT32, 5, 2, 2, 3, 4)),
        Sample.of("a shorter index", 1, draw.normal(4, 5, 6), draw.indices(INT32, 5, 3, 2, 4)),
        Sample.of("an empty index", 0, draw.normal(4, 5), draw.indices(INT32, 4, 0, 5)));
  }

  @Override
  public List<Sample<Integer>> largeSamples(Draw draw) {
    return List.of(
        Sample.of("large", 1, draw.normal(211, 301), draw.indices(INT64, 301, 211, 301)),
        Sample.of("large, columns", 0, draw.normal(301, 211), draw.indices(INT32, 301, 301, 211)));
  }

  @Override
  public Tensor apply(Integer parameters, List<Tensor> inputs) {
    return Gather.apply(inputs.get(0), inputs.get(1), parameters);
  }

  @Override
  public Tolerance tolerance(Sample<Integer> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public Tolerance gradientTolerance(Sample<Integer> sample) {
    return Tolerance.sumOf(sample.input(1).shape().size());
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> Gather.apply(Tensor.ones(3, 4), index(0, 0), 2),
            "gather: there is no axis 2"),
        ErrorSample.of(
            "an index of numbers",
            IllegalArgumentException.class,
            () -> Gather.apply(Tensor.ones(3, 4), Tensor.zeros(1, 4), 0),
            "gather: an index is of int32 or int64",
            "index   float32[1, 4]",
            "to(DType.INT32)"),
        ErrorSample.of(
            "too few axes",
            ShapeException.class,
            () -> Gather.apply(Tensor.ones(3, 4), Tensor.zeros(4).to(DType.INT32), 0),
            "gather: the index does not fit the input",
            "input   [3, 4]",
            "index   int32[4]"),
        ErrorSample.of(
            "longer than the input",
            ShapeException.class,
            () -> Gather.apply(Tensor.ones(3, 4), Tensor.zeros(1, 5).to(DType.INT32), 0),
            "none longer than the input's but axis 0"),
        ErrorSample.of(
            "beyond the end",
            IndexOutOfBoundsException.class,
            () -> Gather.apply(Tensor.ones(3, 4), index(2, 3), 0),
            "gather: an index lies outside of axis 0",
            "0 ≤ index < 3, here 3 at [0, 1]"),
        ErrorSample.of(
            "before the start",
            IndexOutOfBoundsException.class,
            () -> Gather.apply(Tensor.ones(3, 4), index(-1, 0), 0),
            "0 ≤ index < 3, here -1 at [0, 0]"));
  }

  private static Tensor index(int first, int second) {
    return Tensor.of(new float[] {first, second}, 1, 2).to(DType.INT64);
  }
}
