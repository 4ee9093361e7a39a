package dev.tempera.style.loss;

import dev.tempera.tensor.Tensor;

/**
 * mean((F − F*)²), the content loss of neural-style (Gatys et al., 2016, equation 1, as a mean).
 */
public final class MeanSquareContentLoss implements ContentLoss {
  /** The loss has no settings. */
  public MeanSquareContentLoss() {}

  @Override
  public Target target(Tensor features) {
    Tensor content = features.detach();
    return image -> image.subtract(content).square().mean();
  }
}
