package dev.tempera.nn;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.RandomSource;
import dev.tempera.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * An affine map of the last axis, y = x·Wᵀ + b, with its parameters: {@code weight} (outputs,
 * inputs) and {@code bias} (outputs).
 */
public final class LinearLayer extends Layer {
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /** A map with a bias, started as {@code torch.nn} starts it. */
  public LinearLayer(int inputs, int outputs, RandomSource random) {
    this(
        inputs,
        outputs,
        VarianceScaling.TORCH_DEFAULT,
        VarianceScaling.torchDefaultBias(Shape.of(outputs, inputs)),
        random);
  }

  /**
   * A map.
   *
   * @param inputs length of the last axis of x
   * @param outputs length of the last axis of y
   * @param biasInitialiser null for no bias
   * @throws ShapeException if a length is negative
   */
  public LinearLayer(
      int inputs,
      int outputs,
      Initialiser weightInitialiser,
      @Nullable Initialiser biasInitialiser,
      RandomSource random) {
    this.weight = parameter("weight", Shape.of(outputs, inputs), weightInitialiser, random);
    this.bias =
        biasInitialiser == null
            ? null
            : parameter("bias", Shape.of(outputs), biasInitialiser, random);
  }

  /** The weight, (outputs, inputs). */
  public Tensor weight() {
    return weight.value();
  }

  /**
   * The map of every vector along the last axis.
   *
   * @param x (…, inputs), two axes or more
   * @return (…, outputs)
   * @throws ShapeException if the last axis has another length
   */
  @Override
  protected Tensor forward(Tensor x) {
    Tensor matrix = weight.value();
    if (x.shape().rank() < 2 || x.shape().dim(-1) != matrix.shape().dim(1)) {
      throw new ShapeException(
          "linear layer: the input does not fit the weight\n  input   "
              + x.shape()
              + "  (…, inputs)\n  weight  "
              + matrix.shape()
              + "  (outputs, inputs)\n  rule    two axes or more, the last of length "
              + matrix.shape().dim(1)
              + "\n  hint    put a FlattenLayer after the last layer of images");
    }
    try (Tensor transposed = matrix.transpose()) {
      Tensor product = x.matmul(transposed);
      if (bias == null) {
        return product;
      }
      try (product) {
        return product.add(bias.value());
      }
    }
  }

  @Override
  protected String kind() {
    Shape shape = weight.value().shape();
    return "LinearLayer("
        + shape.dim(1)
        + " → "
        + shape.dim(0)
        + (bias == null ? ", no bias)" : ")");
  }
}
