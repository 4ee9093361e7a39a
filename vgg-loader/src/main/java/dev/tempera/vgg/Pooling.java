package dev.tempera.vgg;

/** How a net shrinks its feature maps between blocks. */
public enum Pooling {
  /** The largest of four, as VGG was trained. */
  MAX,
  /** The average of four, which Gatys et al. (2016) found to give slightly smoother pictures. */
  AVERAGE
}
