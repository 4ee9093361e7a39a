package dev.tempera.testkit.spec;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Conv2dGradInput;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Input gradients of convolutions: operands are the gradient passed back and the weight. */
public record Conv2dGradInputSpec() implements OpSpec<Conv2dGradInputSpec.Parameters> {
  /**
   * Which convolution.
   *
   * @param geometry stride, padding, dilation and groups
   * @param inputShape of the image it convolves
   */
  public record Parameters(Conv2dParams geometry, Shape inputShape) {}

  @Override
  public String name() {
    return "conv2dGradInput";
  }

  @Override
  public Class<?> operation() {
    return Conv2dGradInput.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    return samplesOf(draw, Conv2dCase.small());
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return samplesOf(draw, Conv2dCase.large());
  }

  private static List<Sample<Parameters>> samplesOf(Draw draw, List<Conv2dCase> cases) {
    return cases.stream()
        .map(
            each ->
                Sample.of(
                    each.name(),
                    new Parameters(each.geometry(), each.image()),
                    draw.normal(each.output()),
                    draw.normal(each.weight().toArray())))
        .toList();
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    return Conv2dGradInput.apply(
        inputs.get(0), inputs.get(1), parameters.geometry(), parameters.inputShape());
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    Shape weight = sample.input(1).shape();
    return Tolerance.sumOf(weight.size() / weight.dim(1)).withFloor(1);
  }

  @Override
  public Tolerance gradientTolerance(Sample<Parameters> sample) {
    Shape gradient = sample.input(0).shape();
    long outputs = gradient.size() / gradient.dim(1);
    return Tolerance.sumOf(Math.max(outputs, sample.input(1).shape().size())).withFloor(1);
  }

  @Override
  public long flops(Sample<Parameters> sample) {
    Shape weight = sample.input(1).shape();
    return 2 * sample.input(0).shape().size() * (weight.size() / weight.dim(0));
  }

  @Override
  public List<ErrorSample> errors() {
    Shape image = Shape.of(1, 3, 8, 8);
    return List.of(
        ErrorSample.of(
            "a gradient of another shape",
            ShapeException.class,
            () ->
                Conv2dGradInput.apply(
                    Tensor.ones(1, 4, 6, 6), Tensor.ones(4, 3, 3, 3), Conv2dCase.SAME, image),
            "conv2dGradInput: the gradient has another shape than the convolution's result",
            "input   [1, 4, 6, 6]  (N, Cout, H′, W′)",
            "rule    [1, 4, 8, 8] for an image of [1, 3, 8, 8]"),
        ErrorSample.of(
            "channels that do not fit",
            ShapeException.class,
            () ->
                Conv2dGradInput.apply(
                    Tensor.ones(1, 4, 8, 8), Tensor.ones(4, 5, 3, 3), Conv2dCase.SAME, image),
            "conv2dGradInput: input has 3 channels, weight expects 5"),
        ErrorSample.of(
            "stride 0",
            ShapeException.class,
            () ->
                Conv2dGradInput.apply(
                    Tensor.ones(1, 4, 8, 8),
                    Tensor.ones(4, 3, 3, 3),
                    Conv2dCase.SAME.withStride(0),
                    image),
            "conv2dGradInput: stride, dilation and groups are at least 1"),
        ErrorSample.of(
            "different types",
            IllegalArgumentException.class,
            () ->
                Conv2dGradInput.apply(
                    Tensor.ones(1, 1, 3, 3),
                    Tensor.of(new double[] {1}, 1, 1, 1, 1),
                    Conv2dCase.PLAIN,
                    Shape.of(1, 1, 3, 3)),
            "conv2dGradInput: operands have different element types",
            "weight  float64[1, 1, 1, 1]"));
  }
}
