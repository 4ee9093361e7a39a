package dev.tempera.testkit.spec;

import dev.tempera.backend.NormParams;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.op.AdaptiveInstanceNorm;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Adaptive instance normalisation; operands: content and style, or content, mean and deviation. */
public record AdaptiveInstanceNormSpec() implements OpSpec<NormParams> {
  private static final NormParams PLAIN = NormParams.DEFAULT;

  @Override
  public String name() {
    return "adaptiveInstanceNorm";
  }

  @Override
  public Class<?> operation() {
    return AdaptiveInstanceNorm.class;
  }

  @Override
  public List<Sample<NormParams>> samples(Draw draw) {
    return List.of(
        Sample.of("3 channels", PLAIN, draw.normal(2, 3, 5, 7), draw.normal(2, 3, 4, 3)),
        Sample.of("17 channels", PLAIN, draw.normal(1, 17, 4, 3), draw.normal(1, 17, 3, 3)),
        Sample.of("one style for all", PLAIN, draw.normal(3, 5, 3, 4), draw.normal(1, 5, 5, 3)),
        Sample.of(
            "unbiased",
            PLAIN.withUnbiasedVariance(),
            draw.normal(2, 5, 3, 3),
            draw.normal(2, 5, 3, 3)),
        Sample.of(
            "ε outside",
            PLAIN.withEpsilonOutsideRoot(),
            draw.normal(2, 5, 3, 3),
            draw.normal(2, 5, 3, 3)),
        Sample.of(
            "given moments",
            PLAIN,
            draw.normal(2, 17, 3, 5),
            draw.normal(2, 17),
            draw.uniform(0.5, 2, 2, 17)),
        Sample.of(
            "given moments for all",
            PLAIN,
            draw.normal(2, 5, 3, 5),
            draw.normal(1, 5),
            draw.uniform(0.5, 2, 1, 5)));
  }

  @Override
  public List<Sample<NormParams>> largeSamples(Draw draw) {
    return List.of(
        Sample.of("large", PLAIN, draw.normal(2, 64, 61, 67), draw.normal(2, 64, 35, 41)));
  }

  @Override
  public Tensor apply(NormParams parameters, List<Tensor> inputs) {
    Tensor content = inputs.get(0);
    return inputs.size() == 2
        ? AdaptiveInstanceNorm.apply(content, inputs.get(1), parameters)
        : AdaptiveInstanceNorm.withMoments(content, inputs.get(1), inputs.get(2), parameters);
  }

  @Override
  public Tolerance tolerance(Sample<NormParams> sample) {
    return NormTolerance.VALUE.times(2);
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
            "a style of other channels",
            ShapeException.class,
            () -> AdaptiveInstanceNorm.apply(Tensor.ones(2, 3, 4), Tensor.ones(2, 4, 4), PLAIN),
            "adaptiveInstanceNorm: the style does not fit the content",
            "content [2, 3, 4]  (N, C, …)",
            "style   [2, 4, 4]  (N or 1, C, …)"),
        ErrorSample.of(
            "another number of styles",
            ShapeException.class,
            () -> AdaptiveInstanceNorm.apply(Tensor.ones(3, 3, 4), Tensor.ones(2, 3, 4), PLAIN),
            "adaptiveInstanceNorm: the style does not fit the content"),
        ErrorSample.of(
            "a style of one pixel",
            ShapeException.class,
            () ->
                AdaptiveInstanceNorm.apply(
                    Tensor.ones(1, 3, 4), Tensor.ones(1, 3, 1), PLAIN.withUnbiasedVariance()),
            "adaptiveInstanceNorm: the style has too few pixels for a variance"),
        ErrorSample.of(
            "moments of another shape",
            ShapeException.class,
            () ->
                AdaptiveInstanceNorm.withMoments(
                    Tensor.ones(2, 3, 4), Tensor.ones(3), Tensor.ones(3), PLAIN),
            "adaptiveInstanceNorm: the scale does not fit the input",
            "(N or 1, C)"),
        ErrorSample.of(
            "different types",
            IllegalArgumentException.class,
            () ->
                AdaptiveInstanceNorm.apply(
                    Tensor.ones(1, 1, 2), Tensor.of(new double[] {1, 2}, 1, 1, 2), PLAIN),
            "adaptiveInstanceNorm: operands have different element types"));
  }
}
