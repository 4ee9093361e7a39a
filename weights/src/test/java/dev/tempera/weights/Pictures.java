package dev.tempera.weights;

import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.SharedData;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** Pictures that tests learn from, (1, 3, H, W), RGB in [0, 1]. */
final class Pictures {
  private Pictures() {}

  /** A shared picture, its longest side so many pixels; each pixel averages those it covers. */
  static Tensor shared(String path, int longestSide) throws IOException {
    BufferedImage image = ImageIO.read(SharedData.require("images/" + path).toFile());
    double scale = (double) Math.max(image.getWidth(), image.getHeight()) / longestSide;
    int height = (int) Math.round(image.getHeight() / scale);
    int width = (int) Math.round(image.getWidth() / scale);
    float[] pixels = new float[3 * height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int top = y * image.getHeight() / height;
        int bottom = Math.max(top + 1, (y + 1) * image.getHeight() / height);
        int left = x * image.getWidth() / width;
        int right = Math.max(left + 1, (x + 1) * image.getWidth() / width);
        for (int row = top; row < bottom; row++) {
          for (int column = left; column < right; column++) {
            int rgb = image.getRGB(column, row);
            for (int channel = 0; channel < 3; channel++) {
              int level = rgb >> (16 - 8 * channel) & 255;
              pixels[(channel * height + y) * width + x] +=
                  level / 255f / ((bottom - top) * (right - left));
            }
          }
        }
      }
    }
    return Tensor.of(pixels, 1, 3, height, width);
  }

  /** The upper left corner of a generated picture. */
  static Tensor leaves(int number, int height, int width) {
    return Tensor.of(
            DeadLeaves.picture(DeadLeaves.SEED, number), 1, 3, DeadLeaves.SIZE, DeadLeaves.SIZE)
        .slice(2, 0, height)
        .slice(3, 0, width);
  }

  /** The upper left corner of a generated picture without its colours. */
  static Tensor greyLeaves(int number, int height, int width) {
    return leaves(number, height, width)
        .mean(1)
        .reshape(1, 1, height, width)
        .expand(1, 3, height, width);
  }

  /** One colour throughout. */
  static Tensor flat(float red, float green, float blue, int height, int width) {
    float[] pixels = new float[3 * height * width];
    Arrays.fill(pixels, 0, height * width, red);
    Arrays.fill(pixels, height * width, 2 * height * width, green);
    Arrays.fill(pixels, 2 * height * width, 3 * height * width, blue);
    return Tensor.of(pixels, 1, 3, height, width);
  }
}
