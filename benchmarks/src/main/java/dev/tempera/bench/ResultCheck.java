package dev.tempera.bench;

import dev.tempera.backend.Backend;
import dev.tempera.data.View;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;

/** Checks, before anything is timed, that it computes what it should. */
final class ResultCheck {
  private static final double TOLERANCE = 1e-4;
  private static final int SAMPLES = 20;

  private ResultCheck() {}

  /** The inner product of two views of one shape, in float64. */
  static double product(Backend backend, View a, View b) {
    float[] left = floats(backend, a);
    float[] right = floats(backend, b);
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += (double) left[i] * right[i];
    }
    return sum;
  }

  /** The root of the sum of squares. */
  static double norm(Backend backend, View x) {
    return Math.sqrt(product(backend, x, x));
  }

  /**
   * Requires two numbers to be equal up to rounding.
   *
   * @param scale that rounding is relative to
   * @throws IllegalStateException if they are not
   */
  static void close(String what, double expected, double actual, double scale) {
    if (!(Math.abs(expected - actual) <= TOLERANCE * scale)) {
      throw new IllegalStateException(
          what + " is wrong: " + actual + " instead of " + expected + ", of a scale of " + scale);
    }
  }

  /** Compares some pixels of a 3×3 convolution with padding 1 with its formula. */
  static void convolution(Backend backend, View x, View weight, View y) {
    float[] image = floats(backend, x);
    float[] taps = floats(backend, weight);
    float[] result = floats(backend, y);
    int channels = x.shape().dim(1);
    int height = x.shape().dim(2);
    int width = x.shape().dim(3);
    SplittableRandom random = new SplittableRandom(1);
    for (int sample = 0; sample < SAMPLES; sample++) {
      int output = random.nextInt(y.shape().dim(1));
      int row = random.nextInt(height);
      int column = random.nextInt(width);
      double sum = 0;
      double scale = 0;
      for (int tap = 0; tap < 9 * channels; tap++) {
        int i = row + tap % 9 / 3 - 1;
        int j = column + tap % 3 - 1;
        if (i >= 0 && i < height && j >= 0 && j < width) {
          double product =
              (double) image[(tap / 9 * height + i) * width + j]
                  * taps[output * 9 * channels + tap];
          sum += product;
          scale += Math.abs(product);
        }
      }
      close("convolution", sum, result[(output * height + row) * width + column], scale);
    }
  }

  private static float[] floats(Backend backend, View x) {
    float[] values = new float[Math.toIntExact(x.shape().size())];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocate(ValueLayout.JAVA_FLOAT, values.length);
      backend.download(x, segment);
      MemorySegment.copy(segment, ValueLayout.JAVA_FLOAT, 0, values, 0, values.length);
    }
    return values;
  }
}
