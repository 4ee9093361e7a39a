package dev.tempera.testkit.spec;

import dev.tempera.backend.NormParams;
import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.op.BatchNorm;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Batch normalisation by the batch's own moments. */
public record BatchNormSpec() implements OpSpec<NormParams> {
  private static final NormParams PLAIN = NormParams.DEFAULT;

  @Override
  public String name() {
    return "batchNorm";
  }

  @Override
  public Class<?> operation() {
    return BatchNorm.class;
  }

  @Override
  public List<Sample<NormParams>> samples(Draw draw) {
    return List.of(
        affine(draw, "3 channels", PLAIN, draw.normal(2, 3, 5, 7)),
        affine(draw, "17 channels", PLAIN, draw.normal(3, 17, 4, 3)),
        affine(draw, "64 channels, one image", PLAIN, draw.normal(1, 64, 3, 5)),
        affine(draw, "rows of numbers", PLAIN, draw.normal(13, 33)),
        affine(draw, "sequences", PLAIN, draw.normal(5, 7, 11)),
        affine(draw, "far from 0", PLAIN, draw.uniform(1000, 1002, 2, 5, 7, 9)),
        affine(draw, "unbiased", PLAIN.withUnbiasedVariance(), draw.normal(2, 5, 3, 3)),
        affine(draw, "ε outside", PLAIN.withEpsilonOutsideRoot(), draw.normal(2, 5, 3, 3)),
        affine(draw, "large ε", PLAIN.withEpsilon(0.5), draw.normal(2, 5, 3, 3)),
        Sample.of("without scale", PLAIN, draw.normal(2, 5, 3, 4)),
        Sample.of("without shift", PLAIN, draw.normal(2, 5, 3, 4), draw.normal(5)),
        affine(draw, "no image", PLAIN, draw.normal(0, 3, 2, 2)),
        affine(draw, "constant", PLAIN, Input.of(new double[24], 2, 3, 2, 2)).notSmooth());
  }

  private static Sample<NormParams> affine(Draw draw, String name, NormParams params, Input x) {
    int channels = x.shape().dim(1);
    return Sample.of(name, params, x, draw.normal(channels), draw.normal(channels));
  }

  @Override
  public List<Sample<NormParams>> largeSamples(Draw draw) {
    return List.of(
        affine(draw, "large", PLAIN, draw.normal(2, 64, 61, 67)),
        affine(draw, "large, few channels", PLAIN, draw.normal(1, 3, 211, 199)),
        affine(draw, "large, rows", PLAIN, draw.normal(1031, 257)));
  }

  @Override
  public Tensor apply(NormParams parameters, List<Tensor> inputs) {
    Tensor scale = inputs.size() > 1 ? inputs.get(1) : null;
    Tensor shift = inputs.size() > 2 ? inputs.get(2) : null;
    return BatchNorm.apply(inputs.get(0), scale, shift, parameters);
  }

  @Override
  public Tolerance tolerance(Sample<NormParams> sample) {
    return NormTolerance.VALUE;
  }

  @Override
  public Tolerance gradientTolerance(Sample<NormParams> sample) {
    Shape shape = sample.input(0).shape();
    return NormTolerance.gradient(shape.size() / shape.dim(1));
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "a scale of another length",
            ShapeException.class,
            () -> BatchNorm.apply(Tensor.ones(2, 3, 4, 4), Tensor.ones(4), null, PLAIN),
            "batchNorm: the scale does not fit the input",
            "scale   [4]",
            "scale has shape [3]  (C)"),
        ErrorSample.of(
            "a shift of another rank",
            ShapeException.class,
            () -> BatchNorm.apply(Tensor.ones(2, 3), Tensor.ones(3), Tensor.ones(1, 3), PLAIN),
            "batchNorm: the shift does not fit the input"),
        ErrorSample.of(
            "a shift alone",
            ShapeException.class,
            () -> BatchNorm.apply(Tensor.ones(2, 3), null, Tensor.ones(3), PLAIN),
            "batchNorm: a shift without a scale",
            "pass ones"),
        ErrorSample.of(
            "one axis",
            ShapeException.class,
            () -> BatchNorm.apply(Tensor.ones(3), null, null, PLAIN),
            "batchNorm: input needs a batch and a channel axis"),
        ErrorSample.of(
            "one element",
            ShapeException.class,
            () -> BatchNorm.apply(Tensor.ones(1, 3), null, null, PLAIN.withUnbiasedVariance()),
            "batchNorm: an unbiased variance needs two elements",
            "here 1"),
        ErrorSample.of(
            "negative ε",
            IllegalArgumentException.class,
            () -> BatchNorm.apply(Tensor.ones(2, 3), null, null, PLAIN.withEpsilon(-1)),
            "normParams: epsilon is out of range",
            "here -1.0"),
        ErrorSample.of(
            "integers",
            IllegalArgumentException.class,
            () -> BatchNorm.apply(Tensor.filled(DType.INT32, Shape.of(2, 3), 1), null, null, PLAIN),
            "batchNorm: not defined for int32"),
        ErrorSample.of(
            "different types",
            IllegalArgumentException.class,
            () -> BatchNorm.apply(Tensor.ones(2, 1), Tensor.of(new double[] {1}, 1), null, PLAIN),
            "batchNorm: operands have different element types",
            "scale   float64[1]"));
  }
}
