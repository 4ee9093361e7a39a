package dev.tempera.style;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.style.image.Picture;
import dev.tempera.tensor.Tensor;
import java.awt.image.BufferedImage;

/** Pictures as tensors (1, 3, H, W), RGB in [0, 1], and back. */
public final class PictureTensors {
  private PictureTensors() {}

  /** A picture as a tensor in the innermost scope. */
  public static Tensor of(Picture picture) {
    float[] values = new float[3 * picture.width() * picture.height()];
    picture.rgb().get(values);
    return Tensor.of(values, 1, 3, picture.height(), picture.width());
  }

  /** What an image shows, as a tensor in the innermost scope; see {@link Picture#of}. */
  public static Tensor of(BufferedImage image) {
    return of(Picture.of(image));
  }

  /**
   * A tensor (1, 3, H, W) as an sRGB image of 8 bits a sample, clamped to [0, 1].
   *
   * @throws ShapeException if the tensor is not one RGB picture
   */
  public static BufferedImage toBufferedImage(Tensor rgb) {
    return toPicture(rgb).toBufferedImage();
  }

  /**
   * A tensor (1, 3, H, W) as a picture, clamped to [0, 1].
   *
   * @throws ShapeException if the tensor is not one RGB picture
   */
  public static Picture toPicture(Tensor rgb) {
    Shape shape = rgb.shape();
    if (shape.rank() != 4 || shape.dim(0) != 1 || shape.dim(1) != 3) {
      throw new ShapeException(
          "picture: not one RGB picture\n  tensor  " + shape + "\n  rule    (1, 3, H, W)");
    }
    try (Tensor clamped = rgb.clamp(0, 1)) {
      return Picture.of(rgb.shape().dim(3), rgb.shape().dim(2), clamped.toFloats());
    }
  }
}
