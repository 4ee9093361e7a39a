package dev.tempera.tensor;

import dev.tempera.data.DType;
import dev.tempera.data.HalfFloats;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** The shortest decimal numbers that a floating type tells from its other numbers. */
final class ShortestDecimal {
  /** Enough digits to tell any two float64 numbers apart. */
  private static final int MOST_DIGITS = 17;

  private ShortestDecimal() {}

  /**
   * The decimal number with the fewest digits that a type rounds to this value; of several, the
   * nearest.
   *
   * @param value finite, and of the type
   */
  static BigDecimal of(double value, DType dtype) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < MOST_DIGITS; digits++) {
      BigDecimal shorter = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (nearest(shorter, dtype) == value) {
        return shorter;
      }
    }
    return exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN));
  }

  /** The number of a floating type that is nearest to a decimal number. */
  static double nearest(BigDecimal number, DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> number.floatValue();
      case FLOAT16 -> HalfFloats.fromFloat16(HalfFloats.toFloat16(number.doubleValue()));
      case BFLOAT16 -> HalfFloats.fromBfloat16(HalfFloats.toBfloat16(number.doubleValue()));
      default -> number.doubleValue();
    };
  }
}
