package dev.tempera.testkit.spec;

import dev.tempera.op.LossReduction;
import dev.tempera.op.MeanSquaredError;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Squared differences; the parameter is what becomes of single losses. */
public record MeanSquaredErrorSpec() implements OpSpec<LossReduction> {
  @Override
  public String name() {
    return "meanSquaredError";
  }

  @Override
  public Class<?> operation() {
    return MeanSquaredError.class;
  }

  @Override
  public List<Sample<LossReduction>> samples(Draw draw) {
    return LossSamples.pairs(draw);
  }

  @Override
  public List<Sample<LossReduction>> largeSamples(Draw draw) {
    return LossSamples.large(draw);
  }

  @Override
  public Tensor apply(LossReduction reduction, List<Tensor> inputs) {
    return MeanSquaredError.apply(inputs.get(0), inputs.get(1), reduction);
  }

  @Override
  public Tolerance tolerance(Sample<LossReduction> sample) {
    return LossSamples.tolerance(sample.parameters(), sample);
  }

  @Override
  public Tolerance gradientTolerance(Sample<LossReduction> sample) {
    return Tolerance.elementwise(8).withFloor(1);
  }

  @Override
  public List<ErrorSample> errors() {
    return LossErrors.of(
        "meanSquaredError",
        (input, target) -> MeanSquaredError.apply(input, target, LossReduction.MEAN));
  }
}
