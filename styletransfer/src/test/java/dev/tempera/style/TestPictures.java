package dev.tempera.style;

import dev.tempera.style.image.Picture;

/** Small pictures made of formulas. */
public final class TestPictures {
  private TestPictures() {}

  /** Soft shapes: a bright disc over a gradient. */
  public static Picture scene(int width, int height) {
    return of(
        width,
        height,
        (x, y, channel) -> {
          double disc = Math.hypot(x - 0.6, y - 0.4) < 0.25 ? 0.5 : 0;
          return 0.2 + 0.3 * y + 0.1 * channel * x + disc * (1 - 0.3 * channel);
        });
  }

  /** Strong coloured stripes. */
  public static Picture stripes(int width, int height) {
    return of(
        width,
        height,
        (x, y, channel) -> 0.5 + 0.45 * Math.sin(40 * (x + (0.5 + 0.2 * channel) * y) + channel));
  }

  /** One colour. */
  public static Picture flat(int width, int height, double value) {
    return of(width, height, (x, y, channel) -> value);
  }

  /** A picture from a formula of x and y in [0, 1) and the channel. */
  public static Picture of(int width, int height, Formula formula) {
    float[] rgb = new float[3 * width * height];
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          double value = formula.at((double) x / width, (double) y / height, channel);
          rgb[(channel * height + y) * width + x] = (float) Math.min(Math.max(value, 0), 1);
        }
      }
    }
    return Picture.of(width, height, rgb);
  }

  /** The value of one channel at one place. */
  @FunctionalInterface
  public interface Formula {
    /** The value in [0, 1]. */
    double at(double x, double y, int channel);
  }
}
