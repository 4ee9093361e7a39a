package dev.tempera.nn;

import dev.tempera.data.Distribution;
import dev.tempera.data.Philox;
import dev.tempera.data.Shape;
import dev.tempera.tensor.Tensor;
import java.util.function.DoubleFunction;

/**
 * Random weights with mean 0 and standard deviation gain / √fan, so that activations or gradients
 * keep their variance from layer to layer.
 *
 * @param mode which connections the fan counts
 * @param gain makes up for what the following nonlinearity takes away
 * @param distribution the distribution of mean 0 that has a given standard deviation
 */
public record VarianceScaling(FanMode mode, double gain, DoubleFunction<Distribution> distribution)
    implements Initialiser {
  /** √2, since a rectifier halves the mean square. */
  public static final double RELU_GAIN = Math.sqrt(2);

  /** What {@code torch.nn} starts linear layers and convolutions with: U(±1/√fan in). */
  public static final VarianceScaling TORCH_DEFAULT = uniform(FanMode.IN, 1 / Math.sqrt(3));

  /** Normally distributed weights. */
  public static VarianceScaling normal(FanMode mode, double gain) {
    return new VarianceScaling(mode, gain, deviation -> new Distribution.Normal(0, deviation));
  }

  /** Uniformly distributed weights, between ±√3 standard deviations. */
  public static VarianceScaling uniform(FanMode mode, double gain) {
    double width = Math.sqrt(3);
    return new VarianceScaling(
        mode, gain, deviation -> new Distribution.Uniform(-width * deviation, width * deviation));
  }

  /** The gain for a leaky rectifier, √(2 / (1 + slope²)). */
  public static double leakyReluGain(double slope) {
    return Math.sqrt(2 / (1 + slope * slope));
  }

  @Override
  public Tensor create(Shape shape, Philox philox) {
    double deviation = gain / Math.sqrt(mode.of(shape));
    return Initialiser.of(distribution.apply(deviation)).create(shape, philox);
  }

  /** What {@code torch.nn} starts a bias with: U(±1/√fan in) of its weight. */
  static Initialiser torchDefaultBias(Shape weight) {
    double bound = 1 / Math.sqrt(FanMode.IN.of(weight));
    return Initialiser.uniform(-bound, bound);
  }
}
