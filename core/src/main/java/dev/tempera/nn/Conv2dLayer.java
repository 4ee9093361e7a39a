package dev.tempera.nn;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Conv2d;
import dev.tempera.tensor.RandomSource;
import dev.tempera.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A convolution with its parameters: {@code weight} (Cout, Cin/groups, kH, kW) and {@code bias}
 * (Cout); see {@link Conv2d}.
 */
public final class Conv2dLayer extends Layer {
  private static final String NAME = "conv2d layer";

  private final Conv2dParams params;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /**
   * A convolution with a square kernel and a bias, started as {@code torch.nn} starts it.
   *
   * @param inputChannels Cin
   * @param outputChannels Cout
   * @param kernel kH and kW
   * @throws ShapeException if a number is not positive, or the groups do not divide the channels
   */
  public Conv2dLayer(
      int inputChannels, int outputChannels, int kernel, Conv2dParams params, RandomSource random) {
    Shape shape = KernelShape.of(NAME, outputChannels, inputChannels, kernel, params.groups());
    this(
        shape,
        params,
        VarianceScaling.TORCH_DEFAULT,
        VarianceScaling.torchDefaultBias(shape),
        random);
  }

  /**
   * A convolution.
   *
   * @param weightShape (Cout, Cin/groups, kH, kW)
   * @param biasInitialiser null for no bias
   * @throws ShapeException if the weight has not four axes, or the groups do not divide Cout
   */
  public Conv2dLayer(
      Shape weightShape,
      Conv2dParams params,
      Initialiser weightInitialiser,
      @Nullable Initialiser biasInitialiser,
      RandomSource random) {
    KernelShape.require(NAME, "(Cout, Cin/groups, kH, kW)", weightShape, params.groups());
    this.params = params;
    this.weight = parameter("weight", weightShape, weightInitialiser, random);
    this.bias =
        biasInitialiser == null
            ? null
            : parameter("bias", Shape.of(weightShape.dim(0)), biasInitialiser, random);
  }

  /** The weight, (Cout, Cin/groups, kH, kW). */
  public Tensor weight() {
    return weight.value();
  }

  @Override
  protected Tensor forward(Tensor x) {
    return Conv2d.apply(x, weight.value(), bias == null ? null : bias.value(), params);
  }

  @Override
  protected String kind() {
    Shape shape = weight.value().shape();
    return "Conv2dLayer("
        + shape.dim(1) * params.groups()
        + " → "
        + shape.dim(0)
        + KernelShape.describe(shape, params)
        + (bias == null ? ", no bias)" : ")");
  }
}
