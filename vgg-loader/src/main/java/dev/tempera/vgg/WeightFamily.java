package dev.tempera.vgg;

/** Where weights come from. Loss weights tuned for one family are not right for another. */
public enum WeightFamily {
  /** The authors' own VGG weights: BGR, 0–255, channel means subtracted. */
  CAFFE("the VGG authors' weights (Caffe family)"),
  /** Trained anew by PyTorch's torchvision: RGB in [0, 1], normalised by mean and deviation. */
  TORCHVISION("torchvision's VGG weights"),
  /**
   * The authors' weights rescaled or distilled, with the preprocessing as a first 1×1 convolution.
   */
  NORMALISED("VGG weights with built-in preprocessing (normalised or distilled)"),
  /** Filters learned from pictures by principal component analysis. */
  PCA("PCA filters"),
  /** Random filters. */
  RANDOM("random filters");

  private final String description;

  WeightFamily(String description) {
    this.description = description;
  }

  /** What the family is, in words. */
  public String description() {
    return description;
  }
}
