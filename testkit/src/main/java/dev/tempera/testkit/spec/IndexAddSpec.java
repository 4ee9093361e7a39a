package dev.tempera.testkit.spec;

import static dev.tempera.data.DType.INT32;
import static dev.tempera.data.DType.INT64;

import dev.tempera.data.DType;
import dev.tempera.data.ShapeException;
import dev.tempera.op.IndexAdd;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/**
 * Adding slices at places on an axis, which is the parameter. The operands are the tensor, the
 * index and the source.
 */
public record IndexAddSpec() implements OpSpec<Integer> {
  @Override
  public String name() {
    return "indexAdd";
  }

  @Override
  public Class<?> operation() {
    return IndexAdd.class;
  }

  @Override
  public List<Sample<Integer>> samples(Draw draw) {
    return List.of(
        Sample.of("one", 0, draw.normal(1), draw.indices(INT32, 1, 1), draw.normal(1)),
        Sample.of("33 to 17", 0, draw.normal(17), draw.indices(INT64, 17, 33), draw.normal(33)),
        Sample.of("rows", 0, draw.normal(5, 33), draw.indices(INT32, 5, 9), draw.normal(9, 33)),
        Sample.of("columns", 1, draw.normal(7, 5), draw.indices(INT64, 5, 9), draw.normal(7, 9)),
        Sample.of(
            "middle axis",
            -2,
            draw.normal(3, 4, 19),
            draw.indices(INT32, 4, 9),
            draw.normal(3, 9, 19)),
        Sample.of(
            "channels",
            1,
            draw.normal(2, 5, 3, 4),
            draw.indices(INT32, 5, 7),
            draw.normal(2, 7, 3, 4)),
        Sample.of(
            "nothing to add", 0, draw.normal(4, 3), draw.indices(INT32, 4, 0), draw.normal(0, 3)));
  }

  @Override
  public List<Sample<Integer>> largeSamples(Draw draw) {
    return List.of(
        Sample.of(
            "large", 0, draw.normal(50, 509), draw.indices(INT64, 50, 301), draw.normal(301, 509)));
  }

  @Override
  public Tensor apply(Integer parameters, List<Tensor> inputs) {
    return IndexAdd.apply(inputs.get(0), inputs.get(1), inputs.get(2), parameters);
  }

  @Override
  public Tolerance tolerance(Sample<Integer> sample) {
    return Tolerance.sumOf(sample.input(1).shape().size() + 1);
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> IndexAdd.apply(Tensor.ones(3), index(0, 1), Tensor.ones(2), 1),
            "indexAdd: there is no axis 1"),
        ErrorSample.of(
            "a source of another shape",
            ShapeException.class,
            () -> IndexAdd.apply(Tensor.ones(3, 4), index(0, 1), Tensor.ones(2, 5), 0),
            "indexAdd: the source does not fit",
            "source  float32[2, 5]",
            "float32[2, 4], with 2 places along axis 0"),
        ErrorSample.of(
            "an index of numbers",
            IllegalArgumentException.class,
            () -> IndexAdd.apply(Tensor.ones(3), Tensor.ones(2), Tensor.ones(2), 0),
            "indexAdd: an index is of int32 or int64"),
        ErrorSample.of(
            "integers",
            IllegalArgumentException.class,
            () -> IndexAdd.apply(index(1, 2), index(0, 1), index(3, 4), 0),
            "indexAdd: not defined for int32"),
        ErrorSample.of(
            "before the start",
            IndexOutOfBoundsException.class,
            () -> IndexAdd.apply(Tensor.ones(3), index(0, -2), Tensor.ones(2), 0),
            "indexAdd: an index lies outside of axis 0",
            "0 ≤ index < 3, here -2 at [1]"));
  }

  private static Tensor index(int first, int second) {
    return Tensor.of(new float[] {first, second}, 2).to(DType.INT32);
  }
}
