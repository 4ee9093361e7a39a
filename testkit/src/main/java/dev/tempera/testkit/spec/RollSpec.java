package dev.tempera.testkit.spec;

import dev.tempera.data.ShapeException;
import dev.tempera.op.Roll;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Elements moved along an axis. */
public record RollSpec() implements OpSpec<RollSpec.Parameters> {
  /**
   * How far.
   *
   * @param axis along which
   * @param shift by how many places
   */
  public record Parameters(int axis, int shift) {}

  @Override
  public String name() {
    return "roll";
  }

  @Override
  public Class<?> operation() {
    return Roll.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    return List.of(
        Sample.of("vector", new Parameters(0, 5), draw.normal(33)),
        Sample.of("backwards", new Parameters(0, -1), draw.normal(17)),
        Sample.of("more than once around", new Parameters(1, 25), draw.normal(3, 7)),
        Sample.of("not at all", new Parameters(0, 14), draw.normal(7, 2)),
        Sample.of("image rows", new Parameters(2, 2), draw.normal(2, 3, 5, 4)),
        Sample.of("empty", new Parameters(0, 1), draw.normal(0, 3)));
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", new Parameters(1, 77), draw.normal(300, 301)));
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    return Roll.apply(inputs.get(0), parameters.axis(), parameters.shift());
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> Roll.apply(Tensor.ones(2, 3), 2, 1),
            "roll: there is no axis 2",
            "input   [2, 3]"));
  }
}
