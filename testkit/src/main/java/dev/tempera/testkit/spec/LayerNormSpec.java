package dev.tempera.testkit.spec;

import dev.tempera.backend.NormParams;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.op.LayerNorm;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.Arrays;
import java.util.List;

/** Layer normalisation. */
public record LayerNormSpec() implements OpSpec<LayerNormSpec.Parameters> {
  private static final NormParams PLAIN = NormParams.DEFAULT;

  /**
   * Which normalisation.
   *
   * @param axes how many of the last axes
   * @param norm ε and the kind of variance
   */
  public record Parameters(int axes, NormParams norm) {}

  @Override
  public String name() {
    return "layerNorm";
  }

  @Override
  public Class<?> operation() {
    return LayerNorm.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    return List.of(
        affine(draw, "rows of 33", 1, PLAIN, draw.normal(7, 33)),
        affine(draw, "rows of 3", 1, PLAIN, draw.normal(5, 3)),
        affine(draw, "one row", 1, PLAIN, draw.normal(129)),
        affine(draw, "stacks", 1, PLAIN, draw.normal(2, 5, 17)),
        affine(draw, "matrices", 2, PLAIN, draw.normal(3, 5, 7)),
        affine(draw, "images", 3, PLAIN, draw.normal(2, 3, 4, 5)),
        affine(draw, "far from 0", 1, PLAIN, draw.uniform(1000, 1002, 5, 67)),
        affine(draw, "unbiased", 1, PLAIN.withUnbiasedVariance(), draw.normal(5, 9)),
        affine(draw, "ε outside", 1, PLAIN.withEpsilonOutsideRoot(), draw.normal(5, 9)),
        Sample.of("without scale", new Parameters(1, PLAIN), draw.normal(5, 19)),
        Sample.of("without shift", new Parameters(1, PLAIN), draw.normal(5, 19), draw.normal(19)),
        affine(draw, "no row", 1, PLAIN, draw.normal(0, 5)));
  }

  private static Sample<Parameters> affine(
      Draw draw, String name, int axes, NormParams params, Input x) {
    int[] lengths = x.shape().toArray();
    int[] last = Arrays.copyOfRange(lengths, lengths.length - axes, lengths.length);
    return Sample.of(name, new Parameters(axes, params), x, draw.normal(last), draw.normal(last));
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return List.of(
        affine(draw, "large", 1, PLAIN, draw.normal(1031, 257)),
        affine(draw, "large, one row", 3, PLAIN, draw.normal(1, 5, 211, 199)));
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    Tensor scale = inputs.size() > 1 ? inputs.get(1) : null;
    Tensor shift = inputs.size() > 2 ? inputs.get(2) : null;
    return LayerNorm.apply(inputs.get(0), parameters.axes(), scale, shift, parameters.norm());
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    return NormTolerance.VALUE;
  }

  @Override
  public Tolerance gradientTolerance(Sample<Parameters> sample) {
    Shape shape = sample.input(0).shape();
    return NormTolerance.gradient(shape.size());
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "too many axes",
            ShapeException.class,
            () -> LayerNorm.apply(Tensor.ones(2, 3), 3, null, null, PLAIN),
            "layerNorm: there are no 3 axes to normalise along",
            "1 ≤ axes ≤ 2"),
        ErrorSample.of(
            "no axis",
            ShapeException.class,
            () -> LayerNorm.apply(Tensor.ones(2, 3), 0, null, null, PLAIN),
            "layerNorm: there are no 0 axes to normalise along"),
        ErrorSample.of(
            "a scale of another shape",
            ShapeException.class,
            () -> LayerNorm.apply(Tensor.ones(2, 3, 4), 2, Tensor.ones(4), null, PLAIN),
            "layerNorm: the scale does not fit the input",
            "scale has shape [3, 4]  of the last axes"),
        ErrorSample.of(
            "one element",
            ShapeException.class,
            () -> LayerNorm.apply(Tensor.ones(2, 1), 1, null, null, PLAIN.withUnbiasedVariance()),
            "layerNorm: an unbiased variance needs two elements"),
        ErrorSample.of(
            "different types",
            IllegalArgumentException.class,
            () ->
                LayerNorm.apply(Tensor.ones(2, 1), 1, Tensor.of(new double[] {1}, 1), null, PLAIN),
            "layerNorm: operands have different element types"));
  }
}
