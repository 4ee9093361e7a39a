package dev.tempera.vgg;

import dev.tempera.forecast.MemoryForecast;
import dev.tempera.tensor.Tensor;

/**
 * The weights of one convolution.
 *
 * @param kernel (Cout, Cin, kH, kW)
 * @param bias (Cout)
 */
public record ConvWeights(Tensor kernel, Tensor bias) {
  /** Weights of the same shapes without content, for a forecast. */
  ConvWeights standIn() {
    return new ConvWeights(MemoryForecast.standIn(kernel), MemoryForecast.standIn(bias));
  }

  /** Promises that they no longer change, so that backends may keep packed forms. */
  ConvWeights freeze() {
    kernel.freeze();
    bias.freeze();
    return this;
  }
}
