package dev.tempera.tensor;

import dev.tempera.data.DType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * One format for all floating-point elements of a tensor, as NumPy chooses it: the fewest digits
 * that tell the numbers apart, points below each other, and exponents for all if the numbers are
 * large, small or far apart.
 */
final class RealFormat {
  private static final double SMALL = 1e-4;
  private static final double FAR_APART = 1000;
  private static final int SHORTEST_EXPONENT = 2;

  private final DType dtype;
  private final boolean scientific;
  private int precision;
  private int left;
  private int right;
  private int exponentDigits;

  /** The format that suits these elements. */
  RealFormat(DType dtype, TensorFormat format, double... values) {
    this.dtype = dtype;
    this.precision = format.precision();
    this.scientific = needsExponents(format, values);
    measure(values);
  }

  private boolean needsExponents(TensorFormat format, double... values) {
    double largest = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (double value : values) {
      double size = Math.abs(value);
      if (Double.isFinite(value) && size != 0) {
        largest = Math.max(largest, size);
        smallest = Math.min(smallest, size);
      }
    }
    return largest > 0
        && (largest >= large(dtype)
            || (!format.suppressScientific()
                && (smallest < inType(SMALL) || inType(largest / smallest) > FAR_APART)));
  }

  /** From here on numbers have exponents: where the type no longer holds all their digits. */
  private static double large(DType dtype) {
    return switch (dtype) {
      case BFLOAT16 -> 1e2;
      case FLOAT16 -> 1e3;
      case FLOAT32 -> 1e6;
      default -> 1e8;
    };
  }

  private double inType(double number) {
    return Double.isFinite(number)
        ? ShortestDecimal.nearest(new BigDecimal(number), dtype)
        : number;
  }

  /** Widths on both sides of the point that every element fits into. */
  private void measure(double... values) {
    List<Digits> all = new ArrayList<>();
    boolean special = false;
    int infinity = 3;
    for (double value : values) {
      if (Double.isFinite(value)) {
        all.add(digits(value));
      } else {
        special = true;
        infinity = value == Double.NEGATIVE_INFINITY ? 4 : infinity;
      }
    }
    for (Digits digits : all) {
      left = Math.max(left, digits.whole().length());
      right = Math.max(right, digits.fraction().length());
      exponentDigits = Math.max(exponentDigits, exponentText(digits.exponent()).length());
    }
    if (scientific) {
      precision = right;
      right += exponentDigits + 2;
    }
    if (special) {
      left = Math.max(left, infinity - right - 1);
    }
  }

  private static String exponentText(int exponent) {
    String text = String.valueOf(Math.abs(exponent));
    return "0".repeat(Math.max(SHORTEST_EXPONENT - text.length(), 0)) + text;
  }

  /**
   * A number taken apart.
   *
   * @param whole what stands before the point, with its sign
   * @param fraction what stands behind it, without zeros at the end
   * @param exponent of ten
   */
  private record Digits(String whole, String fraction, int exponent) {}

  /** The fewest digits that tell a number apart, if those are not more than the precision. */
  private Digits digits(double value) {
    return takenApart(value, ShortestDecimal.of(Math.abs(value), dtype));
  }

  private Digits takenApart(double value, BigDecimal decimal) {
    boolean negative = Double.doubleToRawLongBits(value) < 0;
    BigDecimal exact = new BigDecimal(Math.abs(value));
    int exponent = 0;
    if (scientific && decimal.signum() != 0) {
      exponent = decimal.precision() - decimal.scale() - 1;
      if (rounded(decimal, exact, exponent).compareTo(BigDecimal.TEN) >= 0) {
        exponent++;
      }
    }
    BigDecimal number = rounded(decimal, exact, exponent);
    String text = number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    int point = text.indexOf('.');
    String whole = point < 0 ? text : text.substring(0, point);
    String fraction = point < 0 ? "" : text.substring(point + 1);
    return new Digits((negative ? "-" : "") + whole, fraction, exponent);
  }

  /**
   * The decimal divided by a power of ten, or the number itself rounded where it has too many
   * digits.
   */
  private BigDecimal rounded(BigDecimal decimal, BigDecimal exact, int exponent) {
    BigDecimal shifted = decimal.movePointLeft(exponent);
    return shifted.scale() <= precision
        ? shifted
        : exact.movePointLeft(exponent).setScale(precision, RoundingMode.HALF_EVEN);
  }

  /** An element in the common format, as wide as every other. */
  String format(double value) {
    if (!Double.isFinite(value)) {
      String text = Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
      return " ".repeat(Math.max(left + right + 1 - text.length(), 0)) + text;
    }
    // With exponents every number has as many digits as the longest, and they are its own.
    Digits digits = scientific ? takenApart(value, new BigDecimal(Math.abs(value))) : digits(value);
    StringBuilder text = new StringBuilder();
    text.repeat(" ", Math.max(left - digits.whole().length(), 0));
    text.append(digits.whole()).append('.').append(digits.fraction());
    if (scientific) {
      text.repeat("0", precision - digits.fraction().length());
      String exponent = exponentText(digits.exponent());
      text.append('e').append(digits.exponent() < 0 ? '-' : '+');
      text.repeat("0", exponentDigits - exponent.length()).append(exponent);
    } else {
      text.repeat(" ", right - digits.fraction().length());
    }
    return text.toString();
  }
}
