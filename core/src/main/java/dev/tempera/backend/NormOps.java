package dev.tempera.backend;

import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/**
 * Normalisation of (N, C, P), P pixels of C channels of N images; other shapes are reshaped to
 * that. Operands may have any strides; results of x's shape have the {@linkplain #strides strides}
 * that follow from it.
 */
public interface NormOps extends ElementwiseOps, ReduceOps, MatmulOps {
  /**
   * The strides, in elements, of dense results of x's shape: channels lie side by side if they do
   * in x or there is one pixel, else pixels do.
   *
   * @param x (N, C, P)
   */
  static long[] strides(View x) {
    int channels = x.shape().dim(1);
    int pixels = x.shape().dim(2);
    boolean inPlanes = pixels > 1 && (channels == 1 || x.stride(1) != 1);
    long image = (long) channels * pixels;
    return inPlanes ? new long[] {image, pixels, 1} : new long[] {image, 1, channels};
  }

  /**
   * Mean and variance of each group of elements.
   *
   * @param mean float64, see {@link NormGroups#momentsShape}
   * @param variance float64, of the same shape
   */
  record Moments(View mean, View variance) {}

  /**
   * Gradients of a normalisation; null where they were not asked for.
   *
   * @param input of x's shape
   * @param scale of the scale's shape
   * @param shift of the scale's shape
   */
  record NormGradients(@Nullable View input, @Nullable View scale, @Nullable View shift) {}

  /** The moments of each group, summed in float64. */
  default Moments moments(View x, NormGroups groups, NormParams params) {
    try (NormDefaults defaults = new NormDefaults(this, x.shape(), groups, params)) {
      return defaults.moments(x);
    }
  }

  /**
   * (x − mean)·r·scale + shift, where r follows from the variance; see {@link
   * NormParams#inverseDeviation}.
   *
   * @param scale (N, C), or (1, C) for all images; (1, C) across a batch; null for 1
   * @param shift of the scale's shape; null for 0
   */
  default View standardize(
      View x,
      Moments moments,
      NormGroups groups,
      NormParams params,
      @Nullable View scale,
      @Nullable View shift) {
    try (NormDefaults defaults = new NormDefaults(this, x.shape(), groups, params)) {
      return defaults.standardize(x, moments, scale, shift);
    }
  }

  /**
   * The gradients of {@link #standardize} where the moments are those of x itself. With h =
   * g·scale, M elements in a group, and k from {@link NormParams#inverseDeviationSlope}: ∂x = r·(h
   * − Σh/M) − (x − mean)·k·Σh·(x − mean)/divisor; ∂scale = Σ g·(x − mean)·r; ∂shift = Σ g.
   *
   * @param gradient g, with respect to the result
   * @param scale as given to the normalisation; null for 1, and then there are no gradients of
   *     scale and shift
   * @param wantsInput whether ∂x is asked for
   * @param wantsAffine whether ∂scale and ∂shift are asked for
   */
  default NormGradients standardizeGradients(
      View gradient,
      View x,
      Moments moments,
      NormGroups groups,
      NormParams params,
      @Nullable View scale,
      boolean wantsInput,
      boolean wantsAffine) {
    try (NormDefaults defaults = new NormDefaults(this, x.shape(), groups, params)) {
      return defaults.gradients(gradient, x, moments, scale, wantsInput, wantsAffine);
    }
  }
}
