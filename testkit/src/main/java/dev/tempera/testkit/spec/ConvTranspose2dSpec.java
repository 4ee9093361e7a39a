package dev.tempera.testkit.spec;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.ConvTranspose2dParams;
import dev.tempera.backend.Padding;
import dev.tempera.backend.PaddingMode;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.op.ConvTranspose2d;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.ArrayList;
import java.util.List;

/** Two-dimensional transposed convolution. */
public record ConvTranspose2dSpec() implements OpSpec<ConvTranspose2dParams> {
  private static final Conv2dParams PLAIN = Conv2dParams.DEFAULT;
  private static final Conv2dParams DOUBLING = PLAIN.withStride(2).withPadding(1);

  @Override
  public String name() {
    return "convTranspose2d";
  }

  @Override
  public Class<?> operation() {
    return ConvTranspose2d.class;
  }

  @Override
  public List<Sample<ConvTranspose2dParams>> samples(Draw draw) {
    List<Sample<ConvTranspose2dParams>> samples = new ArrayList<>();
    int[] image = {1, 3, 5, 7};
    samples.add(sample(draw, "3 to 16 channels", of(PLAIN), 16, image, 3, 16, 3, 3));
    samples.add(sample(draw, "17 to 5 channels", of(DOUBLING), 5, image(17), 17, 5, 4, 4));
    samples.add(sample(draw, "64 to 33 channels", of(DOUBLING), 33, image(64), 64, 33, 3, 3));
    samples.add(sample(draw, "one by one", of(PLAIN), 8, image, 3, 8, 1, 1));
    samples.add(
        sample(draw, "one by one, stride 3", of(PLAIN.withStride(3)), 8, image, 3, 8, 1, 1));
    samples.add(sample(draw, "one pixel", of(DOUBLING), 4, new int[] {1, 3, 1, 1}, 3, 4, 4, 4));
    samples.add(sample(draw, "no image", of(DOUBLING), 4, new int[] {0, 3, 5, 5}, 3, 4, 4, 4));
    ConvTranspose2dParams grown = of(DOUBLING).withOutputPadding(1);
    samples.add(sample(draw, "output padding", grown, 4, image, 3, 4, 3, 3));
    ConvTranspose2dParams beyond = of(PLAIN.withStride(3)).withOutputPadding(2);
    samples.add(sample(draw, "output padding that no tap meets", beyond, 4, image, 3, 4, 1, 1));
    samples.add(sample(draw, "dilated", of(DOUBLING.withDilation(2)), 4, image, 3, 4, 3, 3));
    samples.add(sample(draw, "groups", of(DOUBLING.withGroups(2)), 6, image(4), 4, 3, 4, 4));
    samples.add(sample(draw, "depthwise", of(DOUBLING.withGroups(5)), 5, image(5), 5, 1, 4, 4));
    Padding uneven = new Padding(1, 0, 2, 1, PaddingMode.ZERO);
    ConvTranspose2dParams odd =
        new ConvTranspose2dParams(new Conv2dParams(3, 2, uneven, 1, 2, 1), 2, 0);
    samples.add(sample(draw, "all uneven", odd, 4, image, 3, 4, 2, 3));
    samples.add(
        Sample.of("without bias", of(DOUBLING), draw.normal(image), draw.normal(3, 4, 4, 4)));
    return samples;
  }

  private static ConvTranspose2dParams of(Conv2dParams convolution) {
    return ConvTranspose2dParams.of(convolution);
  }

  private static int[] image(int channels) {
    return new int[] {2, channels, 4, 5};
  }

  private static Sample<ConvTranspose2dParams> sample(
      Draw draw,
      String name,
      ConvTranspose2dParams params,
      int outputs,
      int[] image,
      int... weight) {
    return Sample.of(name, params, draw.normal(image), draw.normal(weight), draw.normal(outputs));
  }

  @Override
  public List<Sample<ConvTranspose2dParams>> largeSamples(Draw draw) {
    return List.of(
        sample(
            draw, "large, 128 to 64", of(DOUBLING), 64, new int[] {1, 128, 17, 19}, 128, 64, 4, 4),
        sample(draw, "large, 64 to 3", of(DOUBLING), 3, new int[] {2, 64, 21, 23}, 64, 3, 4, 4));
  }

  @Override
  public Tensor apply(ConvTranspose2dParams parameters, List<Tensor> inputs) {
    return ConvTranspose2d.apply(
        inputs.get(0), inputs.get(1), inputs.size() > 2 ? inputs.get(2) : null, parameters);
  }

  @Override
  public Tolerance tolerance(Sample<ConvTranspose2dParams> sample) {
    Shape weight = sample.input(1).shape();
    return Tolerance.sumOf(weight.size() / weight.dim(1)).withFloor(1);
  }

  @Override
  public Tolerance gradientTolerance(Sample<ConvTranspose2dParams> sample) {
    Shape output =
        sample.parameters().outputShape(sample.input(0).shape(), sample.input(1).shape());
    return Tolerance.sumOf(Math.max(output.size() / output.dim(1), sample.input(1).shape().size()))
        .withFloor(1);
  }

  @Override
  public long flops(Sample<ConvTranspose2dParams> sample) {
    Shape weight = sample.input(1).shape();
    return 2 * sample.input(0).shape().size() * (weight.size() / weight.dim(0));
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "channels that do not fit",
            ShapeException.class,
            () -> transposed(of(PLAIN), Tensor.ones(1, 3, 5, 5), Tensor.ones(4, 3, 3, 3)),
            "convTranspose2d: input has 3 channels, weight expects 4\n",
            "  weight  [4, 3, 3, 3]  (Cin, Cout/groups, kH, kW)\n",
            "  rule    input.C = weight.Cin, here 3 ≠ 4\n",
            "permute(1, 0, 2, 3)"),
        ErrorSample.of(
            "three axes",
            ShapeException.class,
            () -> transposed(of(PLAIN), Tensor.ones(3, 5, 5), Tensor.ones(3, 4, 3, 3)),
            "convTranspose2d: input and weight need four axes",
            "here 3 and 4"),
        ErrorSample.of(
            "stride 0",
            ShapeException.class,
            () ->
                transposed(
                    of(PLAIN.withStride(0)), Tensor.ones(1, 3, 5, 5), Tensor.ones(3, 4, 3, 3)),
            "convTranspose2d: stride, dilation and groups are at least 1"),
        ErrorSample.of(
            "inputs that do not split",
            ShapeException.class,
            () ->
                transposed(
                    of(PLAIN.withGroups(2)), Tensor.ones(1, 3, 5, 5), Tensor.ones(3, 4, 3, 3)),
            "convTranspose2d: 3 input channels do not split into 2 groups"),
        ErrorSample.of(
            "nothing left of the result",
            ShapeException.class,
            () ->
                transposed(
                    of(PLAIN.withPadding(2)), Tensor.ones(1, 3, 1, 1), Tensor.ones(3, 4, 3, 3)),
            "convTranspose2d: the result would be -1 × -1 pixels",
            "padding is taken away from the result here"),
        ErrorSample.of(
            "output padding that reaches the stride",
            IllegalArgumentException.class,
            () ->
                transposed(
                    of(DOUBLING).withOutputPadding(2),
                    Tensor.ones(1, 3, 5, 5),
                    Tensor.ones(3, 4, 3, 3)),
            "convTranspose2d: output padding reaches the stride",
            "here 2 and 2 at strides 2 and 2"),
        ErrorSample.of(
            "padding that repeats pixels",
            IllegalArgumentException.class,
            () ->
                transposed(
                    of(PLAIN.withPadding(Padding.of(1, PaddingMode.REFLECT))),
                    Tensor.ones(1, 3, 5, 5),
                    Tensor.ones(3, 4, 3, 3)),
            "convTranspose2d: only zero padding can be taken away from the result"),
        ErrorSample.of(
            "a bias that does not fit",
            ShapeException.class,
            () ->
                ConvTranspose2d.apply(
                    Tensor.ones(1, 3, 5, 5), Tensor.ones(3, 4, 3, 3), Tensor.ones(3), of(PLAIN)),
            "convTranspose2d: the bias does not fit the output channels",
            "bias    [3]  (Cout)",
            "here 4"),
        ErrorSample.of(
            "different types",
            IllegalArgumentException.class,
            () ->
                transposed(
                    of(PLAIN), Tensor.ones(1, 1, 3, 3), Tensor.of(new double[] {1}, 1, 1, 1, 1)),
            "convTranspose2d: operands have different element types",
            "weight  float64[1, 1, 1, 1]"));
  }

  private static Tensor transposed(ConvTranspose2dParams params, Tensor x, Tensor weight) {
    return ConvTranspose2d.apply(x, weight, null, params);
  }
}
