package dev.tempera.testkit.spec;

import dev.tempera.backend.NormParams;
import dev.tempera.data.ShapeException;
import dev.tempera.op.GroupNorm;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Group normalisation. */
public record GroupNormSpec() implements OpSpec<GroupNormSpec.Parameters> {
  private static final NormParams PLAIN = NormParams.DEFAULT;

  /**
   * Which normalisation.
   *
   * @param groups of channels
   * @param norm ε and the kind of variance
   */
  public record Parameters(int groups, NormParams norm) {}

  @Override
  public String name() {
    return "groupNorm";
  }

  @Override
  public Class<?> operation() {
    return GroupNorm.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    NormParams munit = PLAIN.withUnbiasedVariance().withEpsilonOutsideRoot();
    return List.of(
        affine(draw, "one group", 1, PLAIN, draw.normal(2, 3, 5, 7)),
        affine(draw, "2 groups of 17", 2, PLAIN, draw.normal(2, 34, 3, 2)),
        affine(draw, "8 groups of 8", 8, PLAIN, draw.normal(1, 64, 3, 5)),
        affine(draw, "every channel", 5, PLAIN, draw.normal(2, 5, 3, 3)),
        affine(draw, "rows of numbers", 3, PLAIN, draw.normal(7, 33)),
        affine(draw, "sequences", 2, PLAIN, draw.normal(3, 6, 11)),
        affine(draw, "far from 0", 2, PLAIN, draw.uniform(1000, 1002, 2, 6, 7, 5)),
        affine(draw, "unbiased, ε outside", 1, munit, draw.normal(2, 5, 3, 4)),
        Sample.of("without scale", new Parameters(2, PLAIN), draw.normal(2, 6, 3, 4)),
        Sample.of("without shift", new Parameters(2, PLAIN), draw.normal(2, 6), draw.normal(6)),
        affine(draw, "no image", 3, PLAIN, draw.normal(0, 3, 2, 2)));
  }

  private static Sample<Parameters> affine(
      Draw draw, String name, int groups, NormParams params, Input x) {
    int channels = x.shape().dim(1);
    Parameters parameters = new Parameters(groups, params);
    return Sample.of(name, parameters, x, draw.normal(channels), draw.normal(channels));
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return List.of(
        affine(draw, "large", 8, PLAIN, draw.normal(2, 64, 61, 67)),
        affine(draw, "large, rows", 4, PLAIN, draw.normal(1031, 256)));
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    Tensor scale = inputs.size() > 1 ? inputs.get(1) : null;
    Tensor shift = inputs.size() > 2 ? inputs.get(2) : null;
    return GroupNorm.apply(inputs.get(0), parameters.groups(), scale, shift, parameters.norm());
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    return NormTolerance.VALUE;
  }

  @Override
  public Tolerance gradientTolerance(Sample<Parameters> sample) {
    return NormTolerance.gradient(sample.input(0).shape().size());
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "channels that do not split",
            ShapeException.class,
            () -> GroupNorm.apply(Tensor.ones(2, 5, 4), 2, null, null, PLAIN),
            "groupNorm: 5 channels do not split into 2 groups",
            "C is a multiple of groups"),
        ErrorSample.of(
            "no group",
            ShapeException.class,
            () -> GroupNorm.apply(Tensor.ones(2, 5, 4), 0, null, null, PLAIN),
            "groupNorm: 5 channels do not split into 0 groups"),
        ErrorSample.of(
            "a scale for each group",
            ShapeException.class,
            () -> GroupNorm.apply(Tensor.ones(2, 4, 2), 2, Tensor.ones(2), null, PLAIN),
            "groupNorm: the scale does not fit the input",
            "scale has shape [4]  (C)"),
        ErrorSample.of(
            "one axis",
            ShapeException.class,
            () -> GroupNorm.apply(Tensor.ones(3), 1, null, null, PLAIN),
            "groupNorm: input needs a batch and a channel axis"),
        ErrorSample.of(
            "different types",
            IllegalArgumentException.class,
            () ->
                GroupNorm.apply(
                    Tensor.ones(2, 1, 2), 1, Tensor.of(new double[] {1}, 1), null, PLAIN),
            "groupNorm: operands have different element types"));
  }
}
