package dev.tempera.testkit.spec;

import dev.tempera.data.ShapeException;
import dev.tempera.op.Slice;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Ranges of an axis. */
public record SliceSpec() implements OpSpec<SliceSpec.Parameters> {
  /**
   * The range.
   *
   * @param axis along which
   * @param start first element, counted from the end if negative
   * @param end after the last element, counted from the end if negative
   * @param step between elements
   */
  public record Parameters(int axis, int start, int end, int step) {}

  @Override
  public String name() {
    return "slice";
  }

  @Override
  public Class<?> operation() {
    return Slice.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    return List.of(
        Sample.of("part of a vector", new Parameters(0, 3, 20, 1), draw.normal(33)),
        Sample.of("all", new Parameters(0, 0, 5, 1), draw.normal(5, 7)),
        Sample.of("every third", new Parameters(0, 1, 17, 3), draw.normal(17)),
        Sample.of("rows", new Parameters(0, 1, 3, 1), draw.normal(5, 17)),
        Sample.of("columns", new Parameters(1, 2, 15, 2), draw.normal(5, 17)),
        Sample.of("from the end", new Parameters(-1, -4, -1, 1), draw.normal(5, 7)),
        Sample.of("channels", new Parameters(1, 1, 4, 1), draw.normal(2, 5, 3, 4)),
        Sample.of("nothing", new Parameters(1, 2, 2, 1), draw.normal(3, 4)),
        Sample.of("step beyond the end", new Parameters(0, 2, 5, 7), draw.normal(5)));
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", new Parameters(1, 3, 290, 2), draw.normal(7, 301, 129)));
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    return Slice.apply(
        inputs.get(0), parameters.axis(), parameters.start(), parameters.end(), parameters.step());
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "beyond the end",
            ShapeException.class,
            () -> Slice.apply(Tensor.ones(2, 3), 1, 1, 4, 1),
            "slice: the range does not lie inside the axis",
            "input   [2, 3]",
            "axis 1, 1 to 4, step 1",
            "0 ≤ start ≤ end ≤ 3"),
        ErrorSample.of(
            "backwards",
            ShapeException.class,
            () -> Slice.apply(Tensor.ones(5), 0, 3, 1, 1),
            "slice: the range does not lie inside the axis"),
        ErrorSample.of(
            "step 0",
            ShapeException.class,
            () -> Slice.apply(Tensor.ones(5), 0, 1, 3, 0),
            "step ≥ 1"),
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> Slice.apply(Tensor.ones(5), 1, 0, 1, 1),
            "slice: there is no axis 1"));
  }
}
