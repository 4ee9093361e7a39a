package dev.tempera.style.loss;

import dev.tempera.tensor.Tensor;

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
    double variance = features.variance(2, 3).mean().item();
    double meanSquare = features.square().mean().item();
    double scale = 1 / Math.max(Math.max(variance, FLOOR * meanSquare), 1e-12);
    return image -> image.subtract(features).square().mean().multiply(scale);
  }
}
