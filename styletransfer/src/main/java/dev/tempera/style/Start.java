package dev.tempera.style;

import dev.tempera.style.image.Picture;
import dev.tempera.tensor.Tensor;

/** The image an optimisation starts from. */
@FunctionalInterface
public interface Start {
  /**
   * The image.
   *
   * @param content RGB in [0, 1], (1, 3, H, W), at the size of the first round
   * @param recipe says in which numbers the image is optimised
   * @return an image of the recipe's domain
   */
  Tensor image(Tensor content, Recipe recipe);

  /** From the content itself. */
  static Start content() {
    return (content, recipe) -> recipe.domain().fromRgb(content);
  }

  /**
   * From noise, the same for a seed: every colour alike in [0, 1]; almost nothing around the mean
   * colour in 0–255, as neural-style has it.
   */
  static Start noise(long seed) {
    return (content, recipe) -> {
      int[] shape = content.shape().toArray();
      return switch (recipe.domain()) {
        case UNIT -> Tensor.randomUniform(seed, shape);
        case CAFFE -> Tensor.randomNormal(seed, shape).multiply(1e-3);
      };
    };
  }

  /** From another picture, at the content's size. */
  static Start picture(Picture picture) {
    return (content, recipe) ->
        recipe.domain().fromRgb(ImageSize.of(content).resize(PictureTensors.of(picture)));
  }
}
