package dev.tempera.testkit.spec;

import dev.tempera.backend.NormParams;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.op.InstanceNorm;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Instance normalisation. */
public record InstanceNormSpec() implements OpSpec<NormParams> {
  private static final NormParams PLAIN = NormParams.DEFAULT;

  @Override
  public String name() {
    return "instanceNorm";
  }

  @Override
  public Class<?> operation() {
    return InstanceNorm.class;
  }

  @Override
  public List<Sample<NormParams>> samples(Draw draw) {
    return List.of(
        affine(draw, "3 channels", PLAIN, draw.normal(2, 3, 5, 7)),
        affine(draw, "17 channels", PLAIN, draw.normal(2, 17, 4, 3)),
        affine(draw, "64 channels", PLAIN, draw.normal(1, 64, 3, 5)),
        affine(draw, "sequences", PLAIN, draw.normal(3, 5, 33)),
        affine(draw, "far from 0", PLAIN, draw.uniform(1000, 1002, 2, 5, 7, 9)),
        affine(draw, "unbiased", PLAIN.withUnbiasedVariance(), draw.normal(2, 5, 3, 3)),
        affine(draw, "ε outside", PLAIN.withEpsilonOutsideRoot(), draw.normal(2, 5, 3, 3)),
        Sample.of("without scale", PLAIN, draw.normal(2, 5, 3, 4)),
        Sample.of("without shift", PLAIN, draw.normal(2, 5, 3, 4), draw.normal(5)),
        affine(draw, "no image", PLAIN, draw.normal(0, 3, 2, 2)),
        affine(draw, "one pixel", PLAIN, draw.normal(2, 3, 1, 1)).notSmooth());
  }

  private static Sample<NormParams> affine(Draw draw, String name, NormParams params, Input x) {
    int channels = x.shape().dim(1);
    return Sample.of(name, params, x, draw.normal(channels), draw.normal(channels));
  }

  @Override
  public List<Sample<NormParams>> largeSamples(Draw draw) {
    return List.of(
        affine(draw, "large", PLAIN, draw.normal(2, 64, 61, 67)),
        affine(draw, "large, one channel", PLAIN, draw.normal(2, 1, 311, 307)));
  }

  @Override
  public Tensor apply(NormParams parameters, List<Tensor> inputs) {
    Tensor scale = inputs.size() > 1 ? inputs.get(1) : null;
    Tensor shift = inputs.size() > 2 ? inputs.get(2) : null;
    return InstanceNorm.apply(inputs.get(0), scale, shift, parameters);
  }

  @Override
  public Tolerance tolerance(Sample<NormParams> sample) {
    return NormTolerance.VALUE;
  }

  @Override
  public Tolerance gradientTolerance(Sample<NormParams> sample) {
    Shape shape = sample.input(0).shape();
    Tolerance sums = NormTolerance.gradient(shape.size() / shape.dim(1));
    // The gradient of a constant is the difference of two equal numbers of the size of 1/√ε.
    return sample.smooth() ? sums : sums.withFloor(1 / Math.sqrt(sample.parameters().epsilon()));
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "a scale of another length",
            ShapeException.class,
            () -> InstanceNorm.apply(Tensor.ones(2, 3, 4, 4), Tensor.ones(4), null, PLAIN),
            "instanceNorm: the scale does not fit the input",
            "scale has shape [3]  (C)"),
        ErrorSample.of(
            "one axis",
            ShapeException.class,
            () -> InstanceNorm.apply(Tensor.ones(3), null, null, PLAIN),
            "instanceNorm: input needs a batch and a channel axis"),
        ErrorSample.of(
            "one pixel",
            ShapeException.class,
            () ->
                InstanceNorm.apply(
                    Tensor.ones(2, 3, 1, 1), null, null, PLAIN.withUnbiasedVariance()),
            "instanceNorm: an unbiased variance needs two elements"),
        ErrorSample.of(
            "different types",
            IllegalArgumentException.class,
            () ->
                InstanceNorm.apply(
                    Tensor.ones(2, 1, 2), Tensor.of(new double[] {1}, 1), null, PLAIN),
            "instanceNorm: operands have different element types"));
  }
}
