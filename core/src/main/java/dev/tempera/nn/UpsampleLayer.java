package dev.tempera.nn;

import dev.tempera.data.ShapeException;
import dev.tempera.op.Interpolation;
import dev.tempera.op.Resize2d;
import dev.tempera.tensor.Tensor;
import java.util.Locale;

/** Enlarges images by a whole factor; see {@link Resize2d}. */
public final class UpsampleLayer extends Layer {
  private final int factor;
  private final Interpolation interpolation;

  /**
   * The layer.
   *
   * @param factor H′/H and W′/W
   * @throws ShapeException if the factor is not positive
   */
  public UpsampleLayer(int factor, Interpolation interpolation) {
    if (factor < 1) {
      throw new ShapeException("upsample layer: factor " + factor + "\n  rule    1 or more");
    }
    this.factor = factor;
    this.interpolation = interpolation;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return Resize2d.applyScale(x, factor, factor, interpolation, false);
  }

  @Override
  protected String kind() {
    return "UpsampleLayer(" + factor + "×, " + interpolation.name().toLowerCase(Locale.ROOT) + ")";
  }
}
