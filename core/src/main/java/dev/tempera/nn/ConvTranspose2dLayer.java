package dev.tempera.nn;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.ConvTranspose2dParams;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.op.ConvTranspose2d;
import dev.tempera.tensor.RandomSource;
import dev.tempera.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A transposed convolution with its parameters: {@code weight} (Cin, Cout/groups, kH, kW) and
 * {@code bias} (Cout); see {@link ConvTranspose2d}.
 */
public final class ConvTranspose2dLayer extends Layer {
  private static final String NAME = "convTranspose2d layer";

  private final ConvTranspose2dParams params;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /**
   * A transposed convolution with a square kernel and a bias, started as {@code torch.nn} starts
   * it.
   *
   * @param inputChannels Cin
   * @param outputChannels Cout
   * @param kernel kH and kW
   * @throws ShapeException if a number is not positive, or the groups do not divide the channels
   */
  public ConvTranspose2dLayer(
      int inputChannels,
      int outputChannels,
      int kernel,
      ConvTranspose2dParams params,
      RandomSource random) {
    Conv2dParams convolution = params.convolution();
    Shape shape = KernelShape.of(NAME, inputChannels, outputChannels, kernel, convolution.groups());
    this(
        shape,
        params,
        VarianceScaling.TORCH_DEFAULT,
        VarianceScaling.torchDefaultBias(shape),
        random);
  }

  /**
   * A transposed convolution.
   *
   * @param weightShape (Cin, Cout/groups, kH, kW)
   * @param biasInitialiser null for no bias
   * @throws ShapeException if the weight has not four axes, or the groups do not divide Cin
   */
  public ConvTranspose2dLayer(
      Shape weightShape,
      ConvTranspose2dParams params,
      Initialiser weightInitialiser,
      @Nullable Initialiser biasInitialiser,
      RandomSource random) {
    int groups = params.convolution().groups();
    KernelShape.require(NAME, "(Cin, Cout/groups, kH, kW)", weightShape, groups);
    this.params = params;
    this.weight = parameter("weight", weightShape, weightInitialiser, random);
    this.bias =
        biasInitialiser == null
            ? null
            : parameter("bias", Shape.of(weightShape.dim(1) * groups), biasInitialiser, random);
  }

  /** The weight, (Cin, Cout/groups, kH, kW). */
  public Tensor weight() {
    return weight.value();
  }

  @Override
  protected Tensor forward(Tensor x) {
    return ConvTranspose2d.apply(x, weight.value(), bias == null ? null : bias.value(), params);
  }

  @Override
  protected String kind() {
    Shape shape = weight.value().shape();
    boolean adds = params.outputPaddingY() != 0 || params.outputPaddingX() != 0;
    return "ConvTranspose2dLayer("
        + shape.dim(0)
        + " → "
        + shape.dim(1) * params.convolution().groups()
        + KernelShape.describe(shape, params.convolution())
        + (adds
            ? ", output padding " + params.outputPaddingY() + "×" + params.outputPaddingX()
            : "")
        + (bias == null ? ", no bias)" : ")");
  }
}
