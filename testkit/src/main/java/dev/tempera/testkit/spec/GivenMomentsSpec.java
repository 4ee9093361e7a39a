package dev.tempera.testkit.spec;

import dev.tempera.backend.NormParams;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.op.GivenMoments;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Normalisation by moments from elsewhere; operands: x, mean, variance, scale, shift. */
public record GivenMomentsSpec() implements OpSpec<NormParams> {
  private static final NormParams PLAIN = NormParams.DEFAULT;

  @Override
  public String name() {
    return "givenMoments";
  }

  @Override
  public Class<?> operation() {
    return GivenMoments.class;
  }

  @Override
  public List<Sample<NormParams>> samples(Draw draw) {
    return List.of(
        sample(draw, "3 channels", PLAIN, draw.normal(2, 3, 5, 7)),
        sample(draw, "17 channels", PLAIN, draw.normal(1, 17, 4, 3)),
        sample(draw, "rows of numbers", PLAIN, draw.normal(7, 33)),
        sample(draw, "sequences", PLAIN, draw.normal(3, 5, 11)),
        sample(draw, "ε outside", PLAIN.withEpsilonOutsideRoot(), draw.normal(2, 5, 3, 3)),
        sample(draw, "no image", PLAIN, draw.normal(0, 3, 2, 2)));
  }

  private static Sample<NormParams> sample(Draw draw, String name, NormParams params, Input x) {
    int channels = x.shape().dim(1);
    return Sample.of(
        name,
        params,
        x,
        draw.normal(channels),
        draw.uniform(0.5, 2, channels),
        draw.normal(channels),
        draw.normal(channels));
  }

  @Override
  public List<Sample<NormParams>> largeSamples(Draw draw) {
    return List.of(sample(draw, "large", PLAIN, draw.normal(2, 64, 61, 67)));
  }

  @Override
  public Tensor apply(NormParams parameters, List<Tensor> inputs) {
    return GivenMoments.normalize(
        inputs.get(0), inputs.get(1), inputs.get(2), inputs.get(3), inputs.get(4), parameters);
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
            "a mean of another length",
            ShapeException.class,
            () -> given(Tensor.ones(2, 3, 4, 4), Tensor.ones(4), Tensor.ones(3)),
            "givenMoments: the mean does not fit the input",
            "mean    [4]",
            "mean has shape [3]  (C)"),
        ErrorSample.of(
            "a variance of another length",
            ShapeException.class,
            () -> given(Tensor.ones(2, 3, 4, 4), Tensor.ones(3), Tensor.ones(1)),
            "givenMoments: the variance does not fit the input"),
        ErrorSample.of(
            "one axis",
            ShapeException.class,
            () -> given(Tensor.ones(3), Tensor.ones(3), Tensor.ones(3)),
            "givenMoments: input needs a batch and a channel axis"),
        ErrorSample.of(
            "different types",
            IllegalArgumentException.class,
            () -> given(Tensor.ones(2, 1), Tensor.of(new double[] {1}, 1), Tensor.ones(1)),
            "givenMoments: operands have different element types",
            "mean    float64[1]"));
  }

  private static Tensor given(Tensor x, Tensor mean, Tensor variance) {
    Tensor ones = Tensor.ones(3);
    return GivenMoments.normalize(x, mean, variance, ones, ones, NormParams.DEFAULT);
  }
}
