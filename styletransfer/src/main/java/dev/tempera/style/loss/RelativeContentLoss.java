package dev.tempera.style.loss;

import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;

/**
 * mean((F − F*)²) divided by the variance of F* over the image (the mean over channels): 0 for the
 * content itself, about 1 for a picture without any of its structure, whatever the net.
 */
public final class RelativeContentLoss implements ContentLoss {
  /** Share of the mean square that stands in for the variance of contents without any. */
  private static final double FLOOR = 1e-4;

  /** The loss has no settings. */
  public RelativeContentLoss() {}

  @Override
  public Target target(Tensor features) {
    Tensor content = features.detach();
    double scale = 1 / unit(content);
    return image -> image.subtract(content).square().mean().multiply(scale);
  }

  /** What the loss is measured in: the variance, or what stands in for it. */
  private static double unit(Tensor content) {
    try (TensorScope _ = TensorScope.open("variance of the content")) {
      double variance = content.variance(2, 3).mean().item();
      double meanSquare = content.square().mean().item();
      return Math.max(Math.max(variance, FLOOR * meanSquare), 1e-12);
    }
  }
}
