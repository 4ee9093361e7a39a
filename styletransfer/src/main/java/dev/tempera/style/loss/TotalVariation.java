package dev.tempera.style.loss;

import dev.tempera.tensor.Tensor;

/** How much neighbouring pixels differ: large for noise, small for smooth pictures. */
public enum TotalVariation {
  /** ½·Σd² over all horizontal and vertical differences d, whose gradient is neural-style's. */
  HALF_SUM {
    @Override
    public Tensor of(Tensor image) {
      return rows(image).square().sum().add(columns(image).square().sum()).multiply(0.5);
    }
  },
  /** mean(d²) over vertical differences plus the same over horizontal ones. */
  MEAN {
    @Override
    public Tensor of(Tensor image) {
      return rows(image).square().mean().add(columns(image).square().mean());
    }
  };

  /**
   * The total variation, a scalar.
   *
   * @param image (N, C, H, W), at least two pixels high and wide
   */
  public abstract Tensor of(Tensor image);

  private static Tensor rows(Tensor image) {
    int height = image.shape().dim(2);
    return image.slice(2, 1, height).subtract(image.slice(2, 0, height - 1));
  }

  private static Tensor columns(Tensor image) {
    int width = image.shape().dim(3);
    return image.slice(3, 1, width).subtract(image.slice(3, 0, width - 1));
  }
}
