package dev.tempera.vgg.mapping;

import dev.tempera.tensor.Tensor;

/**
 * The image on which nets are compared: waves of several lengths and directions that differ by
 * colour, and squares with hard edges. It has neither a mirror axis nor equal channels, so that
 * exchanged channels, flipped kernels and exchanged axes all change what a net answers.
 */
final class TestPattern {
  /** Pixels along each side. */
  static final int SIDE = 96;

  private TestPattern() {}

  /** The image, RGB in [0, 1], (1, 3, 96, 96). */
  static Tensor image() {
    float[] values = new float[3 * SIDE * SIDE];
    for (int colour = 0; colour < 3; colour++) {
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          values[(colour * SIDE + y) * SIDE + x] = (float) value(colour, x, y);
        }
      }
    }
    return Tensor.of(values, 1, 3, SIDE, SIDE);
  }

  private static double value(int colour, int x, int y) {
    double gradient = 0.25 + 0.4 * (colour == 0 ? x : colour == 1 ? y : SIDE - x) / SIDE;
    double coarse = 0.12 * Math.sin((0.11 * x + 0.19 * y) * (1 + 0.2 * colour));
    double fine = 0.08 * Math.sin(0.9 * x - 0.5 * y + colour);
    boolean bright = (x / 11 + 2 * (y / 17)) % 3 == colour;
    return Math.clamp(gradient + coarse + fine + (bright ? 0.2 : 0), 0, 1);
  }
}
