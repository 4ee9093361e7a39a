package dev.tempera.nn;

import dev.tempera.backend.NormParams;
import dev.tempera.data.Shape;
import dev.tempera.tensor.Tensor;

/** A normalisation followed by a scale, {@code weight}, and a shift, {@code bias}, of one shape. */
abstract class AffineNormLayer extends Layer {
  private final NormParams params;
  private final Parameter weight;
  private final Parameter bias;

  /** Parameters that change nothing yet: ones and zeros. */
  AffineNormLayer(Shape shape, NormParams params) {
    this.params = params;
    this.weight = parameter("weight", () -> Tensor.ones(shape.toArray()));
    this.bias = parameter("bias", () -> Tensor.zeros(shape.toArray()));
  }

  @Override
  protected final Tensor forward(Tensor x) {
    return normalize(x, weight.value(), bias.value(), params);
  }

  /** The normalised tensor, scaled and shifted. */
  abstract Tensor normalize(Tensor x, Tensor scale, Tensor shift, NormParams params);

  /** The shape of both parameters. */
  final Shape shape() {
    return weight.value().shape();
  }
}
