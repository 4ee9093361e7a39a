package dev.tempera.nn;

import dev.tempera.backend.NormParams;
import dev.tempera.data.Shape;
import dev.tempera.op.InstanceNorm;
import dev.tempera.tensor.Tensor;

/**
 * Instance normalisation with its parameters, {@code weight} and {@code bias} (C); see {@link
 * InstanceNorm}. Without parameters, {@code x -> InstanceNorm.apply(x, null, null, params)} in a
 * {@link FunctionLayer} does the same.
 */
public final class InstanceNorm2dLayer extends AffineNormLayer {
  /** The layer with ε 1e-5. */
  public InstanceNorm2dLayer(int channels) {
    this(channels, NormParams.DEFAULT);
  }

  /**
   * The layer.
   *
   * @param channels C
   */
  public InstanceNorm2dLayer(int channels, NormParams params) {
    super(Shape.of(channels), params);
  }

  @Override
  Tensor normalize(Tensor x, Tensor scale, Tensor shift, NormParams params) {
    return InstanceNorm.apply(x, scale, shift, params);
  }

  @Override
  protected String kind() {
    return "InstanceNorm2dLayer(" + shape().dim(0) + ")";
  }
}
