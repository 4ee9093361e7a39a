package dev.tempera.testkit.spec;

import dev.tempera.data.ShapeException;
import dev.tempera.op.Argmax;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Positions of largest elements; the parameter is the axis. */
public record ArgmaxSpec() implements OpSpec<Integer> {
  @Override
  public String name() {
    return "argmax";
  }

  @Override
  public Class<?> operation() {
    return Argmax.class;
  }

  @Override
  public boolean isDifferentiable() {
    return false;
  }

  @Override
  public List<Sample<Integer>> samples(Draw draw) {
    double nan = Double.NaN;
    double infinity = Double.POSITIVE_INFINITY;
    double[] special = {1, nan, 3, nan, infinity, nan, -infinity, -infinity, -1, -0.0, 0.0, 0.0};
    return List.of(
        Sample.of("one", 0, draw.distinct(1)),
        Sample.of("17", 0, draw.distinct(17)),
        Sample.of("1025", 0, draw.distinct(1025)),
        Sample.of("rows", 1, draw.distinct(7, 33)),
        Sample.of("columns", 0, draw.distinct(33, 7)),
        Sample.of("middle axis", -2, draw.distinct(3, 17, 5)),
        Sample.of("ties", 1, draw.withTies(13, 31)),
        Sample.of("special", 1, Input.of(special, 3, 4)));
  }

  @Override
  public List<Sample<Integer>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", 1, draw.withTies(97, 1031)));
  }

  @Override
  public Tensor apply(Integer parameters, List<Tensor> inputs) {
    return Argmax.apply(inputs.get(0), parameters);
  }

  @Override
  public Tolerance tolerance(Sample<Integer> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "nothing to choose from",
            ShapeException.class,
            () -> Argmax.apply(Tensor.zeros(0, 3), 0),
            "argmax: no elements to choose from"),
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> Argmax.apply(Tensor.ones(3), 1),
            "argmax: there is no axis 1"));
  }
}
