package dev.tempera.style.loss;

import dev.tempera.data.Shape;
import dev.tempera.tensor.Tensor;
import java.util.function.UnaryOperator;

/** How much neighbouring pixels differ: large for noise, small for smooth pictures. */
public enum TotalVariation {
  /** ½·Σd² over all horizontal and vertical differences d, whose gradient is neural-style's. */
  HALF_SUM {
    @Override
    public Tensor of(Tensor image) {
      return over(image, differences -> differences.square().sum()).multiply(0.5);
    }
  },
  /** mean(d²) over vertical differences plus the same over horizontal ones. */
  MEAN {
    @Override
    public Tensor of(Tensor image) {
      return over(image, differences -> differences.square().mean());
    }
  };

  /**
   * The total variation, a scalar.
   *
   * @param image (N, C, H, W); an axis of one pixel has no differences and counts as smooth
   */
  public abstract Tensor of(Tensor image);

  /** The sum of a measure of the vertical differences and of the horizontal ones. */
  private static Tensor over(Tensor image, UnaryOperator<Tensor> measure) {
    Tensor total =
        Tensor.of(image.backend(), image.backend().filled(image.dtype(), Shape.scalar(), 0));
    for (int axis = 2; axis <= 3; axis++) {
      int length = image.shape().dim(axis);
      if (length > 1) {
        Tensor differences =
            image.slice(axis, 1, length).subtract(image.slice(axis, 0, length - 1));
        total = total.add(measure.apply(differences));
      }
    }
    return total;
  }
}
