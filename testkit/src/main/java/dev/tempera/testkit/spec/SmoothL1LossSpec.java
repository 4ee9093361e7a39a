package dev.tempera.testkit.spec;

import dev.tempera.op.LossReduction;
import dev.tempera.op.SmoothL1Loss;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.ArrayList;
import java.util.List;

/** Absolute differences, rounded off near 0. */
public record SmoothL1LossSpec() implements OpSpec<SmoothL1LossSpec.Parameters> {
  /**
   * What the loss takes besides its operands.
   *
   * @param beta where the parabola goes over into lines
   * @param reduction what becomes of single losses
   */
  public record Parameters(double beta, LossReduction reduction) {}

  @Override
  public String name() {
    return "smoothL1Loss";
  }

  @Override
  public Class<?> operation() {
    return SmoothL1Loss.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    List<Sample<Parameters>> samples = new ArrayList<>();
    for (double beta : new double[] {0.1, 8}) {
      for (Sample<LossReduction> pair : LossSamples.pairs(draw)) {
        samples.add(with(beta, pair));
      }
    }
    Parameters both = new Parameters(1, LossReduction.NONE);
    samples.add(Sample.of("both parts", both, draw.normal(129), draw.normal(129)).notSmooth());
    return samples;
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return LossSamples.large(draw).stream().map(pair -> with(1, pair)).toList();
  }

  private static Sample<Parameters> with(double beta, Sample<LossReduction> pair) {
    return new Sample<>(
        "beta " + beta + ", " + pair.name(),
        pair.inputs(),
        new Parameters(beta, pair.parameters()),
        pair.smooth());
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    return SmoothL1Loss.apply(
        inputs.get(0), inputs.get(1), parameters.beta(), parameters.reduction());
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    return LossSamples.tolerance(sample.parameters().reduction(), sample);
  }

  @Override
  public Tolerance gradientTolerance(Sample<Parameters> sample) {
    return Tolerance.elementwise(12).withFloor(1 + 1 / sample.parameters().beta());
  }

  @Override
  public List<ErrorSample> errors() {
    List<ErrorSample> errors =
        new ArrayList<>(
            LossErrors.of(
                "smoothL1Loss",
                (input, target) -> SmoothL1Loss.apply(input, target, 1, LossReduction.MEAN)));
    errors.add(
        ErrorSample.of(
            "no parabola",
            IllegalArgumentException.class,
            () -> SmoothL1Loss.apply(Tensor.ones(2), Tensor.ones(2), 0, LossReduction.MEAN),
            "smoothL1Loss: the parabola has no width",
            "beta > 0, here 0.0"));
    return errors;
  }
}
