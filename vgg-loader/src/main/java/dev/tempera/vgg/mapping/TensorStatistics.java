package dev.tempera.vgg.mapping;

import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFileException;

/**
 * The spread of a tensor's numbers, computed in double.
 *
 * @param minimum the least; NaN where there are none
 * @param mean the average
 * @param maximum the greatest
 * @param deviation the standard deviation, of all elements
 */
public record TensorStatistics(double minimum, double mean, double maximum, double deviation) {
  /**
   * The statistics of a tensor, read as float32.
   *
   * @throws TensorFileException if its bytes cannot be decompressed
   */
  public static TensorStatistics of(TensorEntry entry) throws TensorFileException {
    float[] values = entry.toFloats();
    double minimum = Double.NaN;
    double maximum = Double.NaN;
    double sum = 0;
    for (float value : values) {
      minimum = value >= minimum ? minimum : value;
      maximum = value <= maximum ? maximum : value;
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (float value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new TensorStatistics(minimum, mean, maximum, Math.sqrt(squares / values.length));
  }
}
