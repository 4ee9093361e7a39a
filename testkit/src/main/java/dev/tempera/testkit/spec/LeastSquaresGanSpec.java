package dev.tempera.testkit.spec;

import dev.tempera.data.DType;
import dev.tempera.op.LeastSquaresGan;
import dev.tempera.op.LossReduction;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.ArrayList;
import java.util.List;

/** Scores of real and of generated pictures; the parameter is whether they count as real. */
public record LeastSquaresGanSpec() implements OpSpec<Boolean> {
  @Override
  public String name() {
    return "leastSquaresGan";
  }

  @Override
  public Class<?> operation() {
    return LeastSquaresGan.class;
  }

  @Override
  public List<Sample<Boolean>> samples(Draw draw) {
    List<Sample<Boolean>> samples = new ArrayList<>();
    for (boolean real : new boolean[] {true, false}) {
      String name = real ? "real " : "fake ";
      samples.add(Sample.of(name + "one", real, draw.normal(1)));
      samples.add(Sample.of(name + "1025", real, draw.normal(1025)));
      samples.add(Sample.of(name + "maps", real, draw.normal(2, 1, 5, 7)));
    }
    return samples;
  }

  @Override
  public List<Sample<Boolean>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", true, draw.normal(5, 61, 257)));
  }

  @Override
  public Tensor apply(Boolean real, List<Tensor> inputs) {
    return real ? LeastSquaresGan.real(inputs.get(0)) : LeastSquaresGan.fake(inputs.get(0));
  }

  @Override
  public Tolerance tolerance(Sample<Boolean> sample) {
    return LossSamples.tolerance(LossReduction.MEAN, sample);
  }

  @Override
  public Tolerance gradientTolerance(Sample<Boolean> sample) {
    return Tolerance.elementwise(8).withFloor(1);
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "integers",
            IllegalArgumentException.class,
            () -> LeastSquaresGan.real(Tensor.ones(4).to(DType.INT32)),
            "leastSquaresGan: not defined for int32"),
        ErrorSample.of(
            "closed scores",
            IllegalStateException.class,
            () -> LeastSquaresGan.fake(LossErrors.closed()),
            "leastSquaresGan: the tensor is closed"));
  }
}
