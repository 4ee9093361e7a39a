package dev.tempera.nn;

import dev.tempera.backend.Pool2dParams;
import dev.tempera.op.MaxPool2d;
import dev.tempera.tensor.Tensor;

/** The largest element of each window of an image; see {@link MaxPool2d}. */
public final class MaxPool2dLayer extends Layer {
  private final Pool2dParams params;

  /** Pooling with this geometry. */
  public MaxPool2dLayer(Pool2dParams params) {
    this.params = params;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return MaxPool2d.apply(x, params);
  }

  @Override
  protected String kind() {
    return "MaxPool2dLayer(" + WindowText.of(params) + ")";
  }
}
