package dev.tempera.nn;

import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Tensor;

/** All axes but the first taken as one, in row-major order: (N, C, H, W) becomes (N, C·H·W). */
public final class FlattenLayer extends Layer {
  /** The layer. */
  public FlattenLayer() {}

  @Override
  protected Tensor forward(Tensor x) {
    if (x.shape().rank() == 0) {
      throw new ShapeException("flatten layer: a scalar has no first axis");
    }
    int features = Math.toIntExact(x.shape().with(0, 1).size());
    return x.reshape(x.shape().dim(0), features);
  }
}
