package dev.tempera.testkit.spec;

import dev.tempera.op.L1Loss;
import dev.tempera.op.LossReduction;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Absolute differences; the parameter is what becomes of single losses. */
public record L1LossSpec() implements OpSpec<LossReduction> {
  @Override
  public String name() {
    return "l1Loss";
  }

  @Override
  public Class<?> operation() {
    return L1Loss.class;
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
    return L1Loss.apply(inputs.get(0), inputs.get(1), reduction);
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
        "l1Loss", (input, target) -> L1Loss.apply(input, target, LossReduction.MEAN));
  }
}
