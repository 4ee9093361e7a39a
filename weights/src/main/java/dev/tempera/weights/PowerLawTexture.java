package dev.tempera.weights;

import dev.tempera.data.Philox;

/**
 * A periodic square texture whose amplitude falls with spatial frequency f as 1/f^s and whose
 * phases are random; its mean is 0 and its standard deviation 1. The same numbers on every machine.
 */
final class PowerLawTexture {
  private final int size;
  private final double[] values;

  private PowerLawTexture(int size, double[] values) {
    this.size = size;
    this.values = values;
  }

  /**
   * A texture.
   *
   * @param size pixels at each side, a power of two
   * @param exponent s; 0 is white noise, larger is smoother
   * @param random the source of amplitudes and phases, used up to 2·size² normal numbers
   */
  static PowerLawTexture of(int size, double exponent, Philox random) {
    float[] noise = random.normal(2 * size * size);
    double[] real = new double[size * size];
    double[] imaginary = new double[size * size];
    for (int i = 1; i < size * size; i++) {
      double vertical = frequency(i / size, size);
      double horizontal = frequency(i % size, size);
      double square = vertical * vertical + horizontal * horizontal;
      double amplitude = StrictMath.pow(square, -exponent / 2);
      real[i] = amplitude * noise[2 * i];
      imaginary[i] = amplitude * noise[2 * i + 1];
    }
    new FourierTransform(size).transform(real, imaginary);
    return new PowerLawTexture(size, standardized(real));
  }

  /** The frequency of a coefficient, in periods over the whole side; the upper half is negative. */
  private static double frequency(int index, int size) {
    return index <= size / 2 ? index : index - size;
  }

  private static double[] standardized(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = Math.sqrt(squares / values.length);
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (values[i] - mean) / deviation;
    }
    return result;
  }

  /** The texture at a pixel; it repeats beyond its sides. */
  double at(int y, int x) {
    return values[Math.floorMod(y, size) * size + Math.floorMod(x, size)];
  }
}
