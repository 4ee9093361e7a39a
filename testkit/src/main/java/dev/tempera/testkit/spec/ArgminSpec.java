package dev.tempera.testkit.spec;

import dev.tempera.data.DType;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Argmin;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Positions of smallest elements. */
public record ArgminSpec() implements OpSpec<ArgmaxSpec.Parameters> {
  @Override
  public String name() {
    return "argmin";
  }

  @Override
  public Class<?> operation() {
    return Argmin.class;
  }

  @Override
  public boolean isDifferentiable() {
    return false;
  }

  @Override
  public List<Sample<ArgmaxSpec.Parameters>> samples(Draw draw) {
    return ArgmaxSpec.lines(draw);
  }

  @Override
  public List<Sample<ArgmaxSpec.Parameters>> largeSamples(Draw draw) {
    ArgmaxSpec.Parameters alongRows = new ArgmaxSpec.Parameters(1, false);
    return List.of(Sample.of("large", alongRows, draw.withTies(97, 1031)));
  }

  @Override
  public Tensor apply(ArgmaxSpec.Parameters parameters, List<Tensor> inputs) {
    return parameters.keepsAxis()
        ? Argmin.keepingAxis(inputs.get(0), parameters.axis())
        : Argmin.apply(inputs.get(0), parameters.axis());
  }

  @Override
  public Tolerance tolerance(Sample<ArgmaxSpec.Parameters> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "nothing to choose from",
            ShapeException.class,
            () -> Argmin.apply(Tensor.zeros(0, 3), 0),
            "argmin: no elements to choose from"),
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> Argmin.keepingAxis(Tensor.ones(3), 1),
            "argmin: there is no axis 1"),
        ErrorSample.of(
            "integers",
            IllegalArgumentException.class,
            () -> Argmin.apply(Tensor.ones(3).to(DType.INT32), 0),
            "argmin: not defined for int32"));
  }
}
