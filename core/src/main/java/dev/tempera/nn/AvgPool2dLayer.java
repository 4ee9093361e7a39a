package dev.tempera.nn;

import dev.tempera.backend.Pool2dParams;
import dev.tempera.op.AvgPool2d;
import dev.tempera.tensor.Tensor;

/** The average of each window of an image; see {@link AvgPool2d}. */
public final class AvgPool2dLayer extends Layer {
  private final Pool2dParams params;

  /** Pooling with this geometry. */
  public AvgPool2dLayer(Pool2dParams params) {
    this.params = params;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return AvgPool2d.apply(x, params);
  }

  @Override
  protected String kind() {
    return "AvgPool2dLayer(" + WindowText.of(params) + ")";
  }
}
