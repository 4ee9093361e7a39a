package dev.tempera.weights;

/**
 * The discrete Fourier transform of square complex images whose side is a power of two, by radix-2
 * butterflies (Cooley and Tukey, 1965), without a scale factor. The same bits on every machine.
 */
final class FourierTransform {
  private final int size;
  private final double[] cosines;
  private final double[] sines;

  /**
   * A transform.
   *
   * @param size the side, a power of two
   * @throws IllegalArgumentException if it is not a power of two
   */
  FourierTransform(int size) {
    if (Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException("Fourier transform: " + size + " is not a power of two");
    }
    this.size = size;
    cosines = new double[size];
    sines = new double[size];
    for (int i = 0; i < size; i++) {
      cosines[i] = StrictMath.cos(2 * Math.PI * i / size);
      sines[i] = StrictMath.sin(2 * Math.PI * i / size);
    }
  }

  /** Transforms an image in place, rows and then columns. */
  void transform(double[] real, double[] imaginary) {
    for (int i = 0; i < size; i++) {
      line(real, imaginary, i * size, 1);
    }
    for (int i = 0; i < size; i++) {
      line(real, imaginary, i, size);
    }
  }

  /** Transforms the numbers at {@code start}, {@code start + stride} and so on. */
  private void line(double[] real, double[] imaginary, int start, int stride) {
    int shift = Integer.SIZE - Integer.numberOfTrailingZeros(size);
    for (int i = 0; i < size; i++) {
      int mirrored = Integer.reverse(i) >>> shift;
      if (i < mirrored) {
        swap(real, start + i * stride, start + mirrored * stride);
        swap(imaginary, start + i * stride, start + mirrored * stride);
      }
    }
    for (int half = 1; half < size; half *= 2) {
      for (int block = 0; block < size; block += 2 * half) {
        for (int i = 0; i < half; i++) {
          int turn = i * (size / (2 * half));
          int upper = start + (block + i) * stride;
          int lower = upper + half * stride;
          double re = real[lower] * cosines[turn] - imaginary[lower] * sines[turn];
          double im = real[lower] * sines[turn] + imaginary[lower] * cosines[turn];
          real[lower] = real[upper] - re;
          imaginary[lower] = imaginary[upper] - im;
          real[upper] += re;
          imaginary[upper] += im;
        }
      }
    }
  }

  private static void swap(double[] values, int i, int j) {
    double value = values[i];
    values[i] = values[j];
    values[j] = value;
  }
}
