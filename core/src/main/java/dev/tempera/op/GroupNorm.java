package dev.tempera.op;

import dev.tempera.backend.NormGroups;
import dev.tempera.backend.NormParams;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Group normalisation (Wu and He, 2018, equation 7): neighbouring channels of each image together
 * to mean 0 and variance 1 over their pixels, then scaled and shifted. One group is layer
 * normalisation with a scale for each channel, as MUNIT has it with ε outside the root and the
 * unbiased variance.
 */
public final class GroupNorm {
  private static final String NAME = "groupNorm";

  private GroupNorm() {}

  /**
   * The normalised tensor.
   *
   * @param x (N, C, …)
   * @param groups into how many groups the channels are cut
   * @param scale (C), or null for 1
   * @param shift (C), or null for 0
   * @throws ShapeException if the shapes do not fit
   */
  public static Tensor apply(
      Tensor x, int groups, @Nullable Tensor scale, @Nullable Tensor shift, NormParams params) {
    Normalization.requireChannels(NAME, x);
    int channels = x.shape().dim(1);
    if (groups < 1 || channels % groups != 0) {
      throw new ShapeException(
          NAME
              + ": "
              + channels
              + " channels do not split into "
              + groups
              + " groups\n  input   "
              + x.shape()
              + "  (N, C, …)\n  rule    C is a multiple of groups");
    }
    Normalization.requireAffine(NAME, x, scale, shift, Shape.of(channels), "(C)");
    return Normalization.ofChannels(NAME, x, new NormGroups(groups, false), params)
        .apply(x, scale, shift, moments -> {});
  }
}
