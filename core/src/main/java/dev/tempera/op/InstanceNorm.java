package dev.tempera.op;

import dev.tempera.backend.NormGroups;
import dev.tempera.backend.NormParams;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Instance normalisation (Ulyanov, Vedaldi and Lempitsky, 2016, equation 5): each channel of each
 * image to mean 0 and variance 1 over its pixels, then scaled and shifted.
 */
public final class InstanceNorm {
  private static final String NAME = "instanceNorm";

  private InstanceNorm() {}

  /**
   * The normalised tensor.
   *
   * @param x (N, C, …)
   * @param scale (C), or null for 1
   * @param shift (C), or null for 0
   * @throws ShapeException if the shapes do not fit
   */
  public static Tensor apply(
      Tensor x, @Nullable Tensor scale, @Nullable Tensor shift, NormParams params) {
    Normalization.requireChannels(NAME, x);
    int channels = x.shape().dim(1);
    Normalization.requireAffine(NAME, x, scale, shift, Shape.of(channels), "(C)");
    NormGroups groups = NormGroups.ofEachChannel(channels, false);
    return Normalization.ofChannels(NAME, x, groups, params).apply(x, scale, shift, moments -> {});
  }
}
