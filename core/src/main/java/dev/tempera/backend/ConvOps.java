package dev.tempera.backend;

import dev.tempera.data.Mask;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/**
 * Two-dimensional convolution (cross-correlation) and its two gradients. Backends choose the memory
 * order of results; the fast ones keep activations channels-last. Weights in a frozen storage may
 * be transformed once and kept with it ({@link dev.tempera.data.Storage#prepared}).
 */
public interface ConvOps extends MatmulOps, ElementwiseOps, ResampleOps, OptimizerOps {
  /**
   * y[n, o, i, j] = epilogue(Σ x[n, c, i·stride + u·dilation, j·stride + v·dilation]·w[o, c, u, v])
   * on the padded x.
   *
   * @param x (N, C, H, W), any strides
   * @param weight (Cout, C/groups, kH, kW), any strides
   * @return (N, Cout, H′, W′) and the mask if the epilogue asks for one
   */
  default Activated conv2d(View x, View weight, Conv2dParams params, Conv2dEpilogue epilogue) {
    return ConvDefaults.forward(this, x, weight, params, epilogue);
  }

  /**
   * The gradient of {@link #conv2d} with respect to its input.
   *
   * @param gradient with respect to the output, (N, Cout, H′, W′)
   * @param mask of the ReLU in the epilogue, applied to the gradient first; null for none
   * @param inputShape (N, C, H, W)
   */
  default View conv2dGradInput(
      View gradient, @Nullable Mask mask, View weight, Conv2dParams params, Shape inputShape) {
    return ConvDefaults.gradInput(this, gradient, mask, weight, params, inputShape);
  }

  /**
   * Adds the gradient of {@link #conv2d} with respect to its input to a sum of gradients, in place.
   *
   * @param sum (N, C, H, W), dense, in memory of its own
   * @param gradient with respect to the output, (N, Cout, H′, W′)
   * @param mask of the ReLU in the epilogue, applied to the gradient first; null for none
   */
  default void addConv2dGradInput(
      View sum, View gradient, @Nullable Mask mask, View weight, Conv2dParams params) {
    View term = conv2dGradInput(gradient, mask, weight, params, sum.shape());
    addScaled(sum, term, 1);
    term.storage().release();
  }

  /**
   * The gradient of {@link #conv2d} with respect to its weight.
   *
   * @param x (N, C, H, W)
   * @param gradient with respect to the sums, (N, Cout, H′, W′)
   * @param weightShape (Cout, C/groups, kH, kW)
   * @return new, row-major
   */
  default View conv2dGradWeight(View x, View gradient, Conv2dParams params, Shape weightShape) {
    return ConvDefaults.gradWeight(this, x, gradient, params, weightShape);
  }

  /**
   * The transposed convolution: {@link #conv2dGradInput} with the image in the place of the
   * gradient, plus a bias.
   *
   * @param x (N, Cin, H, W)
   * @param weight (Cin, Cout/groups, kH, kW)
   * @param bias (Cout), or null
   * @param params of the convolution whose input gradient this is; zero padding
   * @param outputShape (N, Cout, H′, W′)
   */
  default View convTranspose2d(
      View x, View weight, @Nullable View bias, Conv2dParams params, Shape outputShape) {
    return ConvDefaults.transposed(this, x, weight, bias, params, outputShape);
  }
}
