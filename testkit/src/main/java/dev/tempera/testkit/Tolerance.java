package dev.tempera.testkit;

import dev.tempera.data.DType;

/**
 * How far a result may be from the exact one, in units of the element type's rounding error ε:
 * |actual − expected| ≤ ε·(own·|expected| + shared·rms(expected) + floor).
 *
 * @param own roundings that scale with the element itself
 * @param shared roundings that scale with the whole result, as in sums whose terms cancel
 * @param floor roundings that do not scale: of intermediate values of this size
 */
public record Tolerance(double own, double shared, double floor) {
  /** Beside any number that is not 0, this is nothing. */
  private static final double NEXT_TO_NOTHING = 1e-250;

  /** The same bits, but for the payload of NaN. */
  public static final Tolerance EXACT = new Tolerance(0, 0, 0);

  private static final double ROUNDINGS_OF_A_SUM = 4;

  /** A formula of a few roundings for each element by itself. */
  public static Tolerance elementwise(double roundings) {
    return new Tolerance(roundings, 0, 0);
  }

  /**
   * Sums of so many terms of random sign: rounding errors add up as a random walk, in proportion to
   * √n.
   */
  public static Tolerance sumOf(long terms) {
    return new Tolerance(
        ROUNDINGS_OF_A_SUM, ROUNDINGS_OF_A_SUM * Math.sqrt((double) Math.max(terms, 1)), 0);
  }

  /** The same with intermediate values that are this large when the result is small. */
  public Tolerance withFloor(double intermediate) {
    return new Tolerance(own, shared, intermediate * Math.max(own, ROUNDINGS_OF_A_SUM));
  }

  /** So many times as wide. */
  public Tolerance times(double factor) {
    return new Tolerance(own * factor, shared * factor, floor * factor);
  }

  /** The same, but 0 and −0 are one: other libraries choose the sign differently. */
  public Tolerance ignoringSignsOfZero() {
    return new Tolerance(own, shared, Math.max(floor, NEXT_TO_NOTHING));
  }

  /** Half the distance from 1 to the next number of a type. */
  static double epsilon(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> 0x1p-24;
      case FLOAT64 -> 0x1p-53;
      case FLOAT16 -> 0x1p-11;
      case BFLOAT16 -> 0x1p-8;
      default -> 0;
    };
  }

  /** The root mean square that {@link #shared} scales with; infinities and NaN do not count. */
  static double rootMeanSquare(double[] values) {
    double sum = 0;
    int count = 0;
    for (double value : values) {
      if (Double.isFinite(value)) {
        sum += value * value;
        count++;
      }
    }
    return count == 0 ? 0 : Math.sqrt(sum / count);
  }

  /** The largest error allowed where this is expected. */
  double bound(double expected, double rootMeanSquare, DType dtype) {
    return epsilon(dtype) * (own * Math.abs(expected) + shared * rootMeanSquare + floor);
  }
}
