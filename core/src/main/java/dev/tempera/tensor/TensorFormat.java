package dev.tempera.tensor;

/**
 * How tensors are written as text; NumPy's options, with its defaults.
 *
 * @param precision the most digits behind the point
 * @param threshold of more elements than these, only those at the ends of the axes are written
 * @param edgeItems how many those are, at each end
 * @param lineWidth the most letters in a line
 * @param suppressScientific whether small and widely ranging numbers are written without an
 *     exponent
 */
public record TensorFormat(
    int precision, int threshold, int edgeItems, int lineWidth, boolean suppressScientific) {
  /** Eight digits, a thousand elements, three at each end, 75 letters, exponents where needed. */
  public static final TensorFormat DEFAULT = new TensorFormat(8, 1000, 3, 75, false);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is negative, or there are no items at the ends
   */
  public TensorFormat {
    if (precision < 0 || threshold < 0 || edgeItems < 1 || lineWidth < 1) {
      throw new IllegalArgumentException(
          "format: precision "
              + precision
              + ", threshold "
              + threshold
              + ", edge items "
              + edgeItems
              + ", line width "
              + lineWidth
              + "\n  rule    precision and threshold at least 0, edge items and line width at least 1");
    }
  }

  /** The same with another number of digits. */
  public TensorFormat withPrecision(int digits) {
    return new TensorFormat(digits, threshold, edgeItems, lineWidth, suppressScientific);
  }

  /** The same without exponents, or with them where needed. */
  public TensorFormat withSuppressScientific(boolean suppress) {
    return new TensorFormat(precision, threshold, edgeItems, lineWidth, suppress);
  }
}
