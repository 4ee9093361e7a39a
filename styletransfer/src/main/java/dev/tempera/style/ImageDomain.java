package dev.tempera.style;

import dev.tempera.tensor.Tensor;

/** The numbers in which an image is optimised; step sizes and total variation depend on them. */
public enum ImageDomain {
  /** RGB in [0, 1]. */
  UNIT(1, new float[] {0, 0, 0}),
  /** RGB in 0–255 less the mean colour of ImageNet, as the Caffe programs have it. */
  CAFFE(255, new float[] {123.68f, 116.779f, 103.939f});

  private final double range;
  private final float[] mean;

  ImageDomain(double range, float[] mean) {
    this.range = range;
    this.mean = mean;
  }

  /** The distance from black to white. */
  public double range() {
    return range;
  }

  /** An image of this domain, (1, 3, H, W), as RGB in [0, 1]. */
  public Tensor toRgb(Tensor image) {
    return this == UNIT ? image : image.add(offset()).multiply(1 / range);
  }

  /** RGB in [0, 1], (1, 3, H, W), as an image of this domain. */
  public Tensor fromRgb(Tensor rgb) {
    return this == UNIT ? rgb : rgb.multiply(range).subtract(offset());
  }

  private Tensor offset() {
    return Tensor.of(mean, 1, 3, 1, 1);
  }
}
