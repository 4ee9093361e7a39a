package dev.tempera.testkit.spec;

import static dev.tempera.data.DType.INT32;
import static dev.tempera.data.DType.INT64;

import dev.tempera.data.DType;
import dev.tempera.data.ShapeException;
import dev.tempera.op.ScatterAdd;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/**
 * Adding elements at places along an axis, which is the parameter. The operands are the tensor, the
 * index and the source.
 */
public record ScatterAddSpec() implements OpSpec<Integer> {
  @Override
  public String name() {
    return "scatterAdd";
  }

  @Override
  public Class<?> operation() {
    return ScatterAdd.class;
  }

  @Override
  public List<Sample<Integer>> samples(Draw draw) {
    return List.of(
        Sample.of("one", 0, draw.normal(1), draw.indices(INT32, 1, 1), draw.normal(1)),
        Sample.of("33 to 17", 0, draw.normal(17), draw.indices(INT64, 17, 33), draw.normal(33)),
        Sample.of("rows", 1, draw.normal(7, 5), draw.indices(INT32, 5, 7, 13), draw.normal(7, 13)),
        Sample.of(
            "columns", 0, draw.normal(5, 7), draw.indices(INT64, 5, 13, 7), draw.normal(13, 7)),
        Sample.of(
            "middle axis",
            -2,
            draw.normal(3, 4, 19),
            draw.indices(INT32, 4, 3, 9, 19),
            draw.normal(3, 9, 19)),
        Sample.of(
            "a shorter index",
            1,
            draw.normal(4, 5, 6),
            draw.indices(INT32, 5, 3, 2, 4),
            draw.normal(5, 3, 6)),
        Sample.of("nothing to add", 0, draw.normal(4), draw.indices(INT32, 4, 0), draw.normal(0)));
  }

  @Override
  public List<Sample<Integer>> largeSamples(Draw draw) {
    return List.of(
        Sample.of(
            "large",
            0,
            draw.normal(50, 211),
            draw.indices(INT64, 50, 301, 211),
            draw.normal(301, 211)),
        Sample.of(
            "large, rows",
            1,
            draw.normal(211, 50),
            draw.indices(INT32, 50, 211, 301),
            draw.normal(211, 301)));
  }

  @Override
  public Tensor apply(Integer parameters, List<Tensor> inputs) {
    return ScatterAdd.apply(inputs.get(0), inputs.get(1), inputs.get(2), parameters);
  }

  @Override
  public Tolerance tolerance(Sample<Integer> sample) {
    return Tolerance.sumOf(sample.input(2).shape().size() + 1);
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> ScatterAdd.apply(Tensor.ones(3), index(0, 1), Tensor.ones(2), 1),
            "scatterAdd: there is no axis 1"),
        ErrorSample.of(
            "an index of numbers",
            IllegalArgumentException.class,
            () -> ScatterAdd.apply(Tensor.ones(3), Tensor.ones(2), Tensor.ones(2), 0),
            "scatterAdd: an index is of int32 or int64"),
        ErrorSample.of(
            "a shorter source",
            ShapeException.class,
            () -> ScatterAdd.apply(Tensor.ones(3), index(0, 1), Tensor.ones(1), 0),
            "scatterAdd: the source does not fit",
            "input   float32[3]",
            "source  float32[1]"),
        ErrorSample.of(
            "a source of another type",
            ShapeException.class,
            () ->
                ScatterAdd.apply(Tensor.ones(3), index(0, 1), Tensor.ones(2).to(DType.FLOAT64), 0),
            "source  float64[2]",
            "the input's type"),
        ErrorSample.of(
            "integers",
            IllegalArgumentException.class,
            () -> ScatterAdd.apply(index(1, 2), index(0, 1), index(3, 4), 0),
            "scatterAdd: not defined for int32"),
        ErrorSample.of(
            "beyond the end",
            IndexOutOfBoundsException.class,
            () -> ScatterAdd.apply(Tensor.ones(3), index(0, 7), Tensor.ones(2), 0),
            "scatterAdd: an index lies outside of axis 0",
            "0 ≤ index < 3, here 7 at [1]"));
  }

  private static Tensor index(int first, int second) {
    return Tensor.of(new float[] {first, second}, 2).to(DType.INT32);
  }
}
