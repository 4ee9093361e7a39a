package dev.tempera.nn;

import dev.tempera.backend.NormParams;
import dev.tempera.data.Shape;
import dev.tempera.op.LayerNorm;
import dev.tempera.tensor.Tensor;

/**
 * Layer normalisation with its parameters, {@code weight} and {@code bias}, of the lengths of the
 * last axes; see {@link LayerNorm}.
 */
public final class LayerNormLayer extends AffineNormLayer {
  /**
   * The layer with ε 1e-5.
   *
   * @param lengths of the last axes, which are normalised together
   */
  public LayerNormLayer(int... lengths) {
    this(Shape.of(lengths), NormParams.DEFAULT);
  }

  /**
   * The layer.
   *
   * @param last the lengths of the last axes, which are normalised together
   */
  public LayerNormLayer(Shape last, NormParams params) {
    super(last, params);
  }

  @Override
  Tensor normalize(Tensor x, Tensor scale, Tensor shift, NormParams params) {
    return LayerNorm.apply(x, shape().rank(), scale, shift, params);
  }

  @Override
  protected String kind() {
    return "LayerNormLayer(" + shape() + ")";
  }
}
