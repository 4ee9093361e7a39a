package dev.tempera.vgg.mapping;

import dev.tempera.backend.PaddingMode;
import dev.tempera.vgg.Preprocessing;
import dev.tempera.vgg.WeightFamily;

/**
 * What weights of some source expect of their surroundings.
 *
 * @param family where the weights come from
 * @param preprocessing what they expect of pixels
 * @param padding what stands around the image
 * @param ceilPooling whether pooling rounds odd sizes up
 * @param reason a sentence that says so
 */
record WeightConvention(
    WeightFamily family,
    Preprocessing preprocessing,
    PaddingMode padding,
    boolean ceilPooling,
    String reason) {

  /** As the VGG authors trained with Caffe: channels in the order blue, green, red. */
  static final WeightConvention CAFFE_BGR =
      new WeightConvention(
          WeightFamily.CAFFE,
          Preprocessing.CAFFE,
          PaddingMode.ZERO,
          false,
          "Pixels are 255·BGR less ImageNet's mean colour, as the VGG authors trained.");

  /** The authors' weights with the first kernels' channels turned round. */
  static final WeightConvention CAFFE_RGB =
      new WeightConvention(
          WeightFamily.CAFFE,
          Preprocessing.CAFFE_RGB,
          PaddingMode.ZERO,
          false,
          "Pixels are 255·RGB less ImageNet's mean colour: this source turned the channels of the"
              + " authors' first kernels round.");

  /** As torchvision and Gluon train. */
  static final WeightConvention TORCHVISION =
      new WeightConvention(
          WeightFamily.TORCHVISION,
          Preprocessing.TORCHVISION,
          PaddingMode.ZERO,
          false,
          "Pixels are RGB in [0, 1], normalised by ImageNet's mean and deviation.");

  /** Weights that bring their preprocessing along. */
  static WeightConvention normalised(Preprocessing preprocessing, boolean ceilPooling) {
    return new WeightConvention(
        WeightFamily.NORMALISED,
        preprocessing,
        PaddingMode.REFLECT,
        ceilPooling,
        "A first 1×1 convolution from three channels to three is the preprocessing of RGB in"
            + " [0, 1]; such nets pad by reflection.");
  }

  /** The same weights with other preprocessing. */
  WeightConvention with(Preprocessing other, String otherReason) {
    return new WeightConvention(family, other, padding, ceilPooling, otherReason);
  }
}
