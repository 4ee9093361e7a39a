package dev.tempera.nn;

import dev.tempera.data.Shape;
import dev.tempera.tensor.Tensor;

/**
 * Random weights with mean 0 and standard deviation gain / √fan, so that activations or gradients
 * keep their variance from layer to layer.
 *
 * @param mode which connections the fan counts
 * @param gain makes up for what the following nonlinearity takes away
 * @param distribution what they are drawn from
 */
public record VarianceScaling(FanMode mode, double gain, Distribution distribution)
    implements Initialiser {
  /** √2, since a rectifier halves the mean square. */
  public static final double RELU_GAIN = Math.sqrt(2);

  /** What {@code torch.nn} starts linear layers and convolutions with: U(±1/√fan in). */
  public static final VarianceScaling TORCH_DEFAULT =
      new VarianceScaling(FanMode.IN, 1 / Math.sqrt(3), Distribution.UNIFORM);

  /** The gain for a leaky rectifier, √(2 / (1 + slope²)). */
  public static double leakyReluGain(double slope) {
    return Math.sqrt(2 / (1 + slope * slope));
  }

  @Override
  public Tensor create(Shape shape, long seed) {
    double deviation = gain / Math.sqrt(mode.of(shape));
    double bound = Math.sqrt(3) * deviation;
    return switch (distribution) {
      case NORMAL -> Initialiser.normal(0, deviation).create(shape, seed);
      case UNIFORM -> Initialiser.uniform(-bound, bound).create(shape, seed);
    };
  }

  /** The bound that {@code torch.nn} starts biases with, 1/√fan in of their weight. */
  static Initialiser torchDefaultBias(Shape weight) {
    double bound = 1 / Math.sqrt(FanMode.IN.of(weight));
    return Initialiser.uniform(-bound, bound);
  }
}
