package dev.tempera.testkit.spec;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.Padding;
import dev.tempera.backend.PaddingMode;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Conv2d;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.ArrayList;
import java.util.List;

/** Two-dimensional convolution, alone and with a rectifier in the same pass. */
public record Conv2dSpec() implements OpSpec<Conv2dSpec.Parameters> {
  private static final Conv2dParams PLAIN = Conv2dParams.DEFAULT;
  private static final Conv2dParams SAME = PLAIN.withPadding(1);

  /**
   * Which convolution.
   *
   * @param geometry stride, padding, dilation and groups
   * @param relu whether a rectifier follows
   */
  public record Parameters(Conv2dParams geometry, boolean relu) {}

  @Override
  public String name() {
    return "conv2d";
  }

  @Override
  public Class<?> operation() {
    return Conv2d.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    List<Sample<Parameters>> samples = new ArrayList<>();
    int[] image = {1, 3, 9, 11};
    samples.add(sample(draw, "3 to 16 channels", SAME, image, 16, 3, 3, 3));
    samples.add(sample(draw, "17 to 3 channels", SAME, new int[] {1, 17, 7, 6}, 3, 17, 3, 3));
    samples.add(sample(draw, "64 to 33 channels", SAME, new int[] {1, 64, 6, 5}, 33, 64, 3, 3));
    samples.add(sample(draw, "16 to 64 channels", SAME, new int[] {1, 16, 5, 13}, 64, 16, 3, 3));
    samples.add(sample(draw, "two images", SAME, new int[] {2, 5, 7, 13}, 7, 5, 3, 3));
    samples.add(sample(draw, "no padding", PLAIN, image, 5, 3, 3, 3));
    samples.add(sample(draw, "one pixel", SAME, new int[] {1, 4, 1, 1}, 6, 4, 3, 3));
    samples.add(sample(draw, "no image", SAME, new int[] {0, 3, 5, 5}, 4, 3, 3, 3));
    samples.add(sample(draw, "one by one", PLAIN, new int[] {2, 13, 5, 7}, 17, 13, 1, 1));
    samples.add(sample(draw, "reflected", withMode(PaddingMode.REFLECT), image, 8, 3, 3, 3));
    samples.add(sample(draw, "replicated", withMode(PaddingMode.REPLICATE), image, 8, 3, 3, 3));
    samples.add(sample(draw, "circular", withMode(PaddingMode.CIRCULAR), image, 8, 3, 3, 3));
    samples.add(sample(draw, "stride 2", SAME.withStride(2), new int[] {2, 5, 9, 8}, 4, 5, 3, 3));
    samples.add(sample(draw, "5 by 3 kernel", SAME, new int[] {1, 4, 9, 8}, 5, 4, 5, 3));
    samples.add(
        sample(draw, "7 by 7, stride 4", PLAIN.withPadding(3).withStride(4), image, 6, 3, 7, 7));
    samples.add(sample(draw, "dilated", PLAIN.withPadding(2).withDilation(2), image, 4, 3, 3, 3));
    samples.add(sample(draw, "groups", SAME.withGroups(2), new int[] {1, 6, 5, 7}, 4, 3, 3, 3));
    samples.add(sample(draw, "depthwise", SAME.withGroups(5), new int[] {1, 5, 6, 5}, 5, 1, 3, 3));
    Padding uneven = new Padding(2, 0, 1, 3, PaddingMode.ZERO);
    Conv2dParams odd = new Conv2dParams(2, 1, uneven, 1, 2, 1);
    samples.add(sample(draw, "all uneven", odd, image, 4, 3, 2, 3));
    samples.add(rectified(draw, "rectified", SAME, image, 16, 3, 3, 3));
    samples.add(
        rectified(draw, "rectified, 32 channels", SAME, new int[] {2, 32, 5, 6}, 32, 32, 3, 3));
    samples.add(rectified(draw, "rectified, stride 2", SAME.withStride(2), image, 5, 3, 3, 3));
    samples.add(
        rectified(draw, "rectified, one by one", PLAIN, new int[] {1, 9, 5, 7}, 17, 9, 1, 1));
    samples.add(
        Sample.of(
            "without bias",
            new Parameters(SAME, false),
            draw.normal(1, 3, 8, 8),
            draw.normal(4, 3, 3, 3)));
    samples.add(
        Sample.of(
            "rectified, without bias",
            new Parameters(SAME, true),
            draw.normal(1, 3, 8, 8),
            draw.normal(4, 3, 3, 3)));
    return samples;
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return List.of(
        rectified(draw, "large, 3 to 64", SAME, new int[] {1, 3, 67, 61}, 64, 3, 3, 3),
        rectified(draw, "large, 64 to 64", SAME, new int[] {1, 64, 35, 41}, 64, 64, 3, 3),
        sample(draw, "large, 128 to 128", SAME, new int[] {1, 128, 17, 19}, 128, 128, 3, 3),
        sample(draw, "large, 64 to 3", SAME, new int[] {1, 64, 41, 35}, 3, 64, 3, 3),
        sample(
            draw, "large, strided", SAME.withStride(2), new int[] {2, 32, 31, 33}, 48, 32, 3, 3));
  }

  private static Conv2dParams withMode(PaddingMode mode) {
    return PLAIN.withPadding(Padding.of(1, mode));
  }

  private static Sample<Parameters> sample(
      Draw draw, String name, Conv2dParams geometry, int[] image, int... weight) {
    return Sample.of(
        name,
        new Parameters(geometry, false),
        draw.normal(image),
        draw.normal(weight),
        draw.normal(weight[0]));
  }

  private static Sample<Parameters> rectified(
      Draw draw, String name, Conv2dParams geometry, int[] image, int... weight) {
    Sample<Parameters> plain = sample(draw, name, geometry, image, weight);
    List<Input> inputs = plain.inputs();
    return new Sample<>(name, inputs, new Parameters(geometry, true), true);
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    Tensor weight = inputs.get(1);
    Tensor bias = inputs.size() > 2 ? inputs.get(2) : null;
    return parameters.relu()
        ? Conv2d.applyRelu(x, weight, bias, parameters.geometry())
        : Conv2d.apply(x, weight, bias, parameters.geometry());
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    Shape weight = sample.input(1).shape();
    return Tolerance.sumOf(weight.size() / weight.dim(0)).withFloor(1);
  }

  @Override
  public Tolerance gradientTolerance(Sample<Parameters> sample) {
    Shape weight = sample.input(1).shape();
    Shape output = sample.parameters().geometry().outputShape(sample.input(0).shape(), weight);
    long outputs = weight.size() / weight.dim(1);
    long pixels = output.size() / output.dim(1);
    return Tolerance.sumOf(Math.max(outputs, pixels)).withFloor(1);
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "channels that do not fit",
            ShapeException.class,
            () -> conv2d(SAME, Tensor.ones(1, 3, 8, 8), Tensor.ones(64, 5, 3, 3)),
            "conv2d: input has 3 channels, weight expects 5\n",
            "  input   [1, 3, 8, 8]  (N, C, H, W)\n",
            "  weight  [64, 5, 3, 3]  (Cout, Cin/groups, kH, kW)\n",
            "  rule    input.C = weight.Cin × groups, here 3 ≠ 5 × 1\n",
            "  hint    weights stored as (kH, kW, Cin, Cout)? use permute(3, 2, 0, 1)"),
        ErrorSample.of(
            "three axes",
            ShapeException.class,
            () -> conv2d(SAME, Tensor.ones(3, 8, 8), Tensor.ones(4, 3, 3, 3)),
            "conv2d: input and weight need four axes",
            "here 3 and 4",
            "add a batch axis"),
        ErrorSample.of(
            "stride 0",
            ShapeException.class,
            () -> conv2d(SAME.withStride(0), Tensor.ones(1, 3, 8, 8), Tensor.ones(4, 3, 3, 3)),
            "conv2d: stride, dilation and groups are at least 1"),
        ErrorSample.of(
            "outputs that do not split",
            ShapeException.class,
            () -> conv2d(SAME.withGroups(3), Tensor.ones(1, 3, 8, 8), Tensor.ones(4, 1, 3, 3)),
            "conv2d: 4 output channels do not split into 3 groups"),
        ErrorSample.of(
            "a kernel that is too large",
            ShapeException.class,
            () -> conv2d(PLAIN, Tensor.ones(1, 3, 2, 9), Tensor.ones(4, 3, 3, 3)),
            "conv2d: the kernel is larger than the padded input",
            "padded input is 2 × 9"),
        ErrorSample.of(
            "reflection beyond the edge",
            ShapeException.class,
            () ->
                conv2d(
                    withMode(PaddingMode.REFLECT),
                    Tensor.ones(1, 3, 1, 9),
                    Tensor.ones(4, 3, 3, 3)),
            "conv2d: reflection reaches beyond the opposite edge",
            "use replicate padding"),
        ErrorSample.of(
            "a bias that does not fit",
            ShapeException.class,
            () ->
                Conv2d.apply(
                    Tensor.ones(1, 3, 8, 8), Tensor.ones(4, 3, 3, 3), Tensor.ones(3), SAME),
            "conv2d: the bias does not fit the output channels",
            "bias    [3]  (Cout)"),
        ErrorSample.of(
            "different types",
            IllegalArgumentException.class,
            () -> conv2d(SAME, Tensor.ones(1, 1, 3, 3), Tensor.of(new double[] {1}, 1, 1, 1, 1)),
            "conv2d: operands have different element types",
            "weight  float64[1, 1, 1, 1]",
            "to(float32)"));
  }

  private static Tensor conv2d(Conv2dParams geometry, Tensor x, Tensor weight) {
    return Conv2d.apply(x, weight, null, geometry);
  }

  @Override
  public long flops(Sample<Parameters> sample) {
    Shape weight = sample.input(1).shape();
    Shape output = sample.parameters().geometry().outputShape(sample.input(0).shape(), weight);
    return 2 * output.size() * (weight.size() / weight.dim(0));
  }
}
