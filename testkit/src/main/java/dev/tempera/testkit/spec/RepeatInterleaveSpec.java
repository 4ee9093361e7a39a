package dev.tempera.testkit.spec;

import dev.tempera.data.ShapeException;
import dev.tempera.op.RepeatInterleave;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Each element several times in a row. */
public record RepeatInterleaveSpec() implements OpSpec<RepeatInterleaveSpec.Parameters> {
  /**
   * How often.
   *
   * @param axis along which
   * @param repeats of each element
   */
  public record Parameters(int axis, int repeats) {}

  @Override
  public String name() {
    return "repeatInterleave";
  }

  @Override
  public Class<?> operation() {
    return RepeatInterleave.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    return List.of(
        Sample.of("vector", new Parameters(0, 3), draw.normal(7)),
        Sample.of("columns", new Parameters(-1, 2), draw.normal(5, 3)),
        Sample.of("rows", new Parameters(0, 5), draw.normal(3, 7)),
        Sample.of("once", new Parameters(0, 1), draw.normal(7)),
        Sample.of("never", new Parameters(0, 0), draw.normal(7)),
        Sample.of("channels", new Parameters(1, 2), draw.normal(2, 3, 5, 4)));
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", new Parameters(1, 3), draw.normal(150, 151)));
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    return RepeatInterleave.apply(inputs.get(0), parameters.axis(), parameters.repeats());
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public Tolerance gradientTolerance(Sample<Parameters> sample) {
    return Tolerance.sumOf(sample.parameters().repeats());
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> RepeatInterleave.apply(Tensor.ones(2, 3), 2, 1),
            "repeatInterleave: there is no axis 2"),
        ErrorSample.of(
            "a negative number",
            IllegalArgumentException.class,
            () -> RepeatInterleave.apply(Tensor.ones(3), 0, -1),
            "repeatInterleave: a negative number of repeats",
            "repeats ≥ 0, here -1"));
  }
}
