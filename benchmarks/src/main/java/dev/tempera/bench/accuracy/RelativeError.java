package dev.tempera.bench.accuracy;

/**
 * How far numbers are from exact ones, in units of the exact ones' root mean square.
 *
 * @param rootMeanSquare of the differences
 * @param largest of the differences
 */
record RelativeError(double rootMeanSquare, double largest) {
  /** The error of float32 numbers. */
  static RelativeError of(float[] actual, double[] exact) {
    double differences = 0;
    double squares = 0;
    double largest = 0;
    for (int i = 0; i < exact.length; i++) {
      double difference = Math.abs(actual[i] - exact[i]);
      differences += difference * difference;
      squares += exact[i] * exact[i];
      largest = Math.max(largest, difference);
    }
    double scale = Math.sqrt(squares / exact.length);
    return new RelativeError(Math.sqrt(differences / exact.length) / scale, largest / scale);
  }
}
