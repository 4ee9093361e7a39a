package dev.tempera.testkit.spec;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Conv2dGradWeight;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Weight gradients of convolutions: operands are the image and the gradient passed back. */
public record Conv2dGradWeightSpec() implements OpSpec<Conv2dGradWeightSpec.Parameters> {
  /**
   * Which convolution.
   *
   * @param geometry stride, padding, dilation and groups
   * @param weightShape of the weight it convolves with
   */
  public record Parameters(Conv2dParams geometry, Shape weightShape) {}

  @Override
  public String name() {
    return "conv2dGradWeight";
  }

  @Override
  public Class<?> operation() {
    return Conv2dGradWeight.class;
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
                    new Parameters(each.geometry(), each.weight()),
                    draw.normal(each.image().toArray()),
                    draw.normal(each.output())))
        .toList();
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    return Conv2dGradWeight.apply(
        inputs.get(0), inputs.get(1), parameters.geometry(), parameters.weightShape());
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    Shape gradient = sample.input(1).shape();
    // Terms of neighbouring pixels have one sign where an operand is stretched.
    return Tolerance.sumOf(gradient.size() / gradient.dim(1)).withFloor(1).times(2);
  }

  @Override
  public Tolerance gradientTolerance(Sample<Parameters> sample) {
    return Tolerance.sumOf(sample.parameters().weightShape().size()).withFloor(1);
  }

  @Override
  public long flops(Sample<Parameters> sample) {
    Shape weight = sample.parameters().weightShape();
    return 2 * sample.input(1).shape().size() * (weight.size() / weight.dim(0));
  }

  @Override
  public List<ErrorSample> errors() {
    Shape weight = Shape.of(4, 3, 3, 3);
    return List.of(
        ErrorSample.of(
            "a gradient of another shape",
            ShapeException.class,
            () ->
                Conv2dGradWeight.apply(
                    Tensor.ones(1, 3, 8, 8), Tensor.ones(1, 4, 6, 6), Conv2dCase.SAME, weight),
            "conv2dGradWeight: the gradient has another shape than the convolution's result",
            "grad    [1, 4, 6, 6]  (N, Cout, H′, W′)",
            "rule    [1, 4, 8, 8] for a weight of [4, 3, 3, 3]"),
        ErrorSample.of(
            "channels that do not fit",
            ShapeException.class,
            () ->
                Conv2dGradWeight.apply(
                    Tensor.ones(1, 5, 8, 8), Tensor.ones(1, 4, 8, 8), Conv2dCase.SAME, weight),
            "conv2dGradWeight: input has 5 channels, weight expects 3"),
        ErrorSample.of(
            "stride 0",
            ShapeException.class,
            () ->
                Conv2dGradWeight.apply(
                    Tensor.ones(1, 3, 8, 8),
                    Tensor.ones(1, 4, 8, 8),
                    Conv2dCase.SAME.withStride(0),
                    weight),
            "conv2dGradWeight: stride, dilation and groups are at least 1"),
        ErrorSample.of(
            "different types",
            IllegalArgumentException.class,
            () ->
                Conv2dGradWeight.apply(
                    Tensor.ones(1, 1, 1, 1),
                    Tensor.of(new double[] {1}, 1, 1, 1, 1),
                    Conv2dCase.PLAIN,
                    Shape.of(1, 1, 1, 1)),
            "conv2dGradWeight: operands have different element types",
            "grad    float64[1, 1, 1, 1]"));
  }
}
