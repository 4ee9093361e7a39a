package dev.tempera.data;

/**
 * Conversions of the two half types, bit for bit the same on every backend: to the nearest, of two
 * equally near the even one; above the largest to infinity; NaN to a quiet NaN that keeps its sign
 * and the upper bits of its payload (IEEE 754-2019, sections 4.3.1 and 6.2.3).
 */
public final class HalfFloats {
  /** The bit that tells a quiet NaN of float16 from a signalling one. */
  public static final int FLOAT16_QUIET = 0x0200;

  /** The bit that tells a quiet NaN of bfloat16 from a signalling one. */
  public static final int BFLOAT16_QUIET = 0x0040;

  private static final int HALF_BITS = 16;
  private static final int FLOAT_QUIET = 0x0040_0000;
  private static final int FLOAT_SIGNIFICAND_BITS = 23;
  private static final int FLOAT16_SIGNIFICAND_BITS = 10;

  private HalfFloats() {}

  /** The bits of the float16 number nearest to a number. */
  public static short toFloat16(double value) {
    float odd = roundedToOdd(value);
    if (Float.isNaN(odd)) {
      int bits = Float.floatToRawIntBits(odd);
      int payload = bits >>> (FLOAT_SIGNIFICAND_BITS - FLOAT16_SIGNIFICAND_BITS) & 0x03FF;
      return (short) ((bits >>> HALF_BITS & 0x8000) | 0x7C00 | FLOAT16_QUIET | payload);
    }
    return Float.floatToFloat16(odd);
  }

  /** The bits of the bfloat16 number nearest to a number. */
  public static short toBfloat16(double value) {
    float odd = roundedToOdd(value);
    int bits = Float.floatToRawIntBits(odd);
    if (Float.isNaN(odd)) {
      return (short) ((bits >>> HALF_BITS) | BFLOAT16_QUIET);
    }
    return (short) ((bits + 0x7FFF + (bits >>> HALF_BITS & 1)) >>> HALF_BITS);
  }

  /** The number that float16 bits stand for. */
  public static float fromFloat16(short bits) {
    if ((bits & 0x7FFF) > 0x7C00) {
      int payload = (bits & 0x03FF) << (FLOAT_SIGNIFICAND_BITS - FLOAT16_SIGNIFICAND_BITS);
      return Float.intBitsToFloat(
          (bits & 0x8000) << HALF_BITS | 0x7F80_0000 | FLOAT_QUIET | payload);
    }
    return Float.float16ToFloat(bits);
  }

  /** The number that bfloat16 bits stand for. */
  public static float fromBfloat16(short bits) {
    boolean isNaN = (bits & 0x7FFF) > 0x7F80;
    return Float.intBitsToFloat((isNaN ? bits | BFLOAT16_QUIET : bits) << HALF_BITS);
  }

  /**
   * A number as float32, an inexact one rounded to the neighbour whose last bit is 1. Rounding that
   * to fewer bits gives what rounding the number itself would give, because no tie arises that was
   * none (Boldo and Melquiond, "When double rounding is odd", 2005).
   */
  private static float roundedToOdd(double value) {
    float nearest = (float) value;
    int bits = Float.floatToRawIntBits(nearest);
    if (nearest != value && !Double.isNaN(value) && (bits & 1) == 0) {
      return Float.intBitsToFloat(Math.abs(nearest) > Math.abs(value) ? bits - 1 : bits + 1);
    }
    return nearest;
  }
}
