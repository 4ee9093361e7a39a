package dev.tempera.testkit.spec;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.Padding;
import dev.tempera.backend.PaddingMode;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Conv2dGradWeight;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.ArrayList;
import java.util.List;

/** Weight gradients of convolutions: operands are the image and the gradient passed back. */
public record Conv2dGradWeightSpec() implements OpSpec<Conv2dGradWeightSpec.Parameters> {
  private static final Conv2dParams PLAIN = Conv2dParams.DEFAULT;
  private static final Conv2dParams SAME = PLAIN.withPadding(1);

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
    List<Sample<Parameters>> samples = new ArrayList<>();
    int[] image = {1, 3, 9, 11};
    samples.add(sample(draw, "3 to 16 channels", SAME, image, 16, 3, 3, 3));
    samples.add(sample(draw, "17 to 5 channels", SAME, new int[] {2, 17, 7, 6}, 5, 17, 3, 3));
    samples.add(sample(draw, "33 to 64 channels", PLAIN, new int[] {1, 33, 4, 5}, 64, 33, 3, 3));
    samples.add(sample(draw, "one by one", PLAIN, new int[] {2, 13, 5, 7}, 17, 13, 1, 1));
    samples.add(sample(draw, "no image", SAME, new int[] {0, 3, 5, 5}, 4, 3, 3, 3));
    for (PaddingMode mode : PaddingMode.values()) {
      Conv2dParams padded = PLAIN.withPadding(Padding.of(1, mode));
      samples.add(sample(draw, "padded " + mode, padded, image, 4, 3, 3, 3));
    }
    samples.add(sample(draw, "stride 2", SAME.withStride(2), new int[] {2, 5, 9, 8}, 4, 5, 3, 3));
    samples.add(sample(draw, "gaps", PLAIN.withStride(3), new int[] {1, 2, 10, 8}, 4, 2, 2, 2));
    samples.add(sample(draw, "dilated", PLAIN.withPadding(2).withDilation(2), image, 4, 3, 3, 3));
    samples.add(sample(draw, "groups", SAME.withGroups(2), new int[] {1, 6, 5, 7}, 4, 3, 3, 3));
    samples.add(sample(draw, "depthwise", SAME.withGroups(5), new int[] {1, 5, 6, 5}, 5, 1, 3, 3));
    Padding uneven = new Padding(2, 0, 1, 3, PaddingMode.ZERO);
    samples.add(
        sample(draw, "all uneven", new Conv2dParams(2, 1, uneven, 1, 2, 1), image, 4, 3, 2, 3));
    return samples;
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return List.of(
        sample(draw, "large, 64 to 64", SAME, new int[] {1, 64, 35, 41}, 64, 64, 3, 3),
        sample(
            draw, "large, strided", SAME.withStride(2), new int[] {2, 32, 31, 33}, 48, 32, 3, 3));
  }

  private static Sample<Parameters> sample(
      Draw draw, String name, Conv2dParams geometry, int[] image, int... weight) {
    Shape kernels = Shape.of(weight);
    return Sample.of(
        name,
        new Parameters(geometry, kernels),
        draw.normal(image),
        draw.normal(geometry.outputShape(Shape.of(image), kernels).toArray()));
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
                    Tensor.ones(1, 3, 8, 8), Tensor.ones(1, 4, 6, 6), SAME, weight),
            "conv2dGradWeight: the gradient has another shape than the convolution's result",
            "grad    [1, 4, 6, 6]  (N, Cout, H′, W′)",
            "rule    [1, 4, 8, 8] for a weight of [4, 3, 3, 3]"),
        ErrorSample.of(
            "channels that do not fit",
            ShapeException.class,
            () ->
                Conv2dGradWeight.apply(
                    Tensor.ones(1, 5, 8, 8), Tensor.ones(1, 4, 8, 8), SAME, weight),
            "conv2dGradWeight: input has 5 channels, weight expects 3"),
        ErrorSample.of(
            "stride 0",
            ShapeException.class,
            () ->
                Conv2dGradWeight.apply(
                    Tensor.ones(1, 3, 8, 8), Tensor.ones(1, 4, 8, 8), SAME.withStride(0), weight),
            "conv2dGradWeight: stride, dilation and groups are at least 1"),
        ErrorSample.of(
            "different types",
            IllegalArgumentException.class,
            () ->
                Conv2dGradWeight.apply(
                    Tensor.ones(1, 1, 1, 1),
                    Tensor.of(new double[] {1}, 1, 1, 1, 1),
                    PLAIN,
                    Shape.of(1, 1, 1, 1)),
            "conv2dGradWeight: operands have different element types",
            "grad    float64[1, 1, 1, 1]"));
  }
}
