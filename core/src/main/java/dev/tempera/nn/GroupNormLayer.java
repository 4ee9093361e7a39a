package dev.tempera.nn;

import dev.tempera.backend.NormParams;
import dev.tempera.data.Shape;
import dev.tempera.op.GroupNorm;
import dev.tempera.tensor.Tensor;

/**
 * Group normalisation with its parameters, {@code weight} and {@code bias} (C); see {@link
 * GroupNorm}.
 */
public final class GroupNormLayer extends AffineNormLayer {
  private final int groups;

  /** The layer with ε 1e-5. */
  public GroupNormLayer(int groups, int channels) {
    this(groups, channels, NormParams.DEFAULT);
  }

  /**
   * The layer.
   *
   * @param groups into how many groups the channels are cut
   * @param channels C
   */
  public GroupNormLayer(int groups, int channels, NormParams params) {
    super(Shape.of(channels), params);
    this.groups = groups;
  }

  @Override
  Tensor normalize(Tensor x, Tensor scale, Tensor shift, NormParams params) {
    return GroupNorm.apply(x, groups, scale, shift, params);
  }

  @Override
  protected String kind() {
    return "GroupNormLayer(" + shape().dim(0) + ", " + groups + " groups)";
  }
}
