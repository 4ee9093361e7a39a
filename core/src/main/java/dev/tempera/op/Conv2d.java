package dev.tempera.op;

import dev.tempera.backend.Activated;
import dev.tempera.backend.Conv2dEpilogue;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.data.Mask;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Saved;
import dev.tempera.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Two-dimensional cross-correlation, y[n, o, i, j] = b[o] + Σ x[n, c, i·s + u·d, j·s + v·d]·w[o, c,
 * u, v] on the padded input, with stride s and dilation d; optionally max(·, 0) of it in the same
 * pass.
 *
 * <p>With frozen weights nothing is kept for the gradient but the rectifier's one bit an element.
 */
public final class Conv2d {
  private Conv2d() {}

  /**
   * The convolution.
   *
   * @param x (N, C, H, W)
   * @param weight (Cout, C/groups, kH, kW)
   * @param bias (Cout), or null
   * @return (N, Cout, H′, W′)
   * @throws ShapeException if the shapes do not fit
   */
  public static Tensor apply(Tensor x, Tensor weight, @Nullable Tensor bias, Conv2dParams params) {
    return apply(x, weight, bias, params, false);
  }

  /** The convolution followed by max(·, 0), in one pass; see {@link #apply}. */
  public static Tensor applyRelu(
      Tensor x, Tensor weight, @Nullable Tensor bias, Conv2dParams params) {
    return apply(x, weight, bias, params, true);
  }

  private static Tensor apply(
      Tensor x, Tensor weight, @Nullable Tensor bias, Conv2dParams params, boolean relu) {
    Recording recording =
        bias == null ? Recording.of("conv2d", x, weight) : Recording.of("conv2d", x, weight, bias);
    params.outputShape(x.shape(), weight.shape());
    requireTypesFit(x, weight, bias);
    Conv2dEpilogue epilogue =
        new Conv2dEpilogue(bias == null ? null : bias.view(), relu, relu && recording.isActive());
    Activated activated = recording.backend().conv2d(x.view(), weight.view(), params, epilogue);
    Mask mask = activated.mask();
    if (mask != null) {
      recording.keep(mask.storage());
    }
    Saved keptInput = recording.save(x, recording.needs(1));
    Saved keptWeight = recording.save(weight, recording.needs(0));
    Shape inputShape = x.shape();
    Shape weightShape = weight.shape();
    return recording.result(
        activated.value(),
        (gradient, into) -> {
          into.add(
              0,
              () -> Conv2dGradInput.apply(gradient, mask, keptWeight.tensor(), params, inputShape),
              sum -> Conv2dGradInput.addTo(sum, gradient, mask, keptWeight.tensor(), params));
          into.add(
              1,
              () ->
                  Conv2dGradWeight.apply(
                      keptInput.tensor(), ApplyMask.orAll(gradient, mask), params, weightShape));
          if (bias != null) {
            into.add(2, () -> ApplyMask.orAll(gradient, mask).sum(0, 2, 3));
          }
        });
  }

  private static void requireTypesFit(Tensor x, Tensor weight, @Nullable Tensor bias) {
    OperandTypes.requireOne(
        "conv2d",
        x,
        new OperandTypes.Named("weight", weight),
        new OperandTypes.Named("bias", bias));
    if (bias != null
        && (bias.shape().rank() != 1 || bias.shape().dim(0) != weight.shape().dim(0))) {
      throw new ShapeException(
          "conv2d: the bias does not fit the output channels\n  weight  "
              + weight.shape()
              + "  (Cout, Cin/groups, kH, kW)\n  bias    "
              + bias.shape()
              + "  (Cout)\n  rule    bias.length = weight.Cout");
    }
  }
}
