package dev.tempera.testkit.spec;

import static dev.tempera.data.DType.INT32;
import static dev.tempera.data.DType.INT64;

import dev.tempera.data.DType;
import dev.tempera.data.ShapeException;
import dev.tempera.op.IndexSelect;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Slices from places on an axis, which is the parameter. */
public record IndexSelectSpec() implements OpSpec<Integer> {
  @Override
  public String name() {
    return "indexSelect";
  }

  @Override
  public Class<?> operation() {
    return IndexSelect.class;
  }

  @Override
  public List<Sample<Integer>> samples(Draw draw) {
    return List.of(
        Sample.of("one", 0, draw.normal(1), draw.indices(INT32, 1, 1)),
        Sample.of("33 of 17", 0, draw.normal(17), draw.indices(INT64, 17, 33)),
        Sample.of("rows", 0, draw.normal(7, 33), draw.indices(INT32, 7, 11)),
        Sample.of("columns", 1, draw.normal(7, 13), draw.indices(INT64, 13, 5)),
        Sample.of("middle axis", -2, draw.normal(3, 17, 5), draw.indices(INT32, 17, 4)),
        Sample.of("channels", 1, draw.normal(2, 5, 3, 4), draw.indices(INT32, 5, 7)),
        Sample.of("none", 0, draw.normal(4, 5), draw.indices(INT32, 4, 0)));
  }

  @Override
  public List<Sample<Integer>> largeSamples(Draw draw) {
    return List.of(
        Sample.of("large", 0, draw.normal(1009, 127), draw.indices(INT64, 1009, 2003)),
        Sample.of("large, columns", 1, draw.normal(1009, 127), draw.indices(INT32, 127, 251)));
  }

  @Override
  public Tensor apply(Integer parameters, List<Tensor> inputs) {
    return IndexSelect.apply(inputs.get(0), inputs.get(1), parameters);
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
            () -> IndexSelect.apply(Tensor.ones(3, 4), index(0, 1), -3),
            "indexSelect: there is no axis -3"),
        ErrorSample.of(
            "an index of two axes",
            ShapeException.class,
            () -> IndexSelect.apply(Tensor.ones(3, 4), index(0, 1).reshape(1, 2), 0),
            "indexSelect: the index needs one axis",
            "index   int32[1, 2]",
            "gather"),
        ErrorSample.of(
            "an index of numbers",
            IllegalArgumentException.class,
            () -> IndexSelect.apply(Tensor.ones(3, 4), Tensor.zeros(2), 0),
            "indexSelect: an index is of int32 or int64"),
        ErrorSample.of(
            "beyond the end",
            IndexOutOfBoundsException.class,
            () -> IndexSelect.apply(Tensor.ones(3, 4), index(3, 4), 1),
            "indexSelect: an index lies outside of axis 1",
            "0 ≤ index < 4, here 4 at [1]"));
  }

  private static Tensor index(int first, int second) {
    return Tensor.of(new float[] {first, second}, 2).to(DType.INT32);
  }
}
