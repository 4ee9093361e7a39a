package dev.tempera.style.image;

/**
 * Filters the rows of a PNG file (PNG specification, third edition, section 9), choosing for each
 * row the filter whose output has the smallest sum of absolute values, as the specification
 * suggests.
 */
final class PngRowFilter {
  private static final int FILTERS = 5;

  private final int pixelBytes;
  private byte[] previous;

  /** A filter for the rows of an image, before the first of them. */
  PngRowFilter(int pixelBytes, int width) {
    this.pixelBytes = pixelBytes;
    this.previous = new byte[width * pixelBytes];
  }

  /** The filter's type followed by the filtered bytes; the row must be the one after the last. */
  byte[] filter(byte[] row) {
    byte[] best = apply(0, row);
    for (int type = 1; type < FILTERS; type++) {
      byte[] candidate = apply(type, row);
      if (cost(candidate) < cost(best)) {
        best = candidate;
      }
    }
    previous = row;
    return best;
  }

  private byte[] apply(int type, byte[] row) {
    byte[] filtered = new byte[row.length + 1];
    filtered[0] = (byte) type;
    for (int i = 0; i < row.length; i++) {
      int left = i < pixelBytes ? 0 : row[i - pixelBytes] & 0xFF;
      int above = previous[i] & 0xFF;
      int aboveLeft = i < pixelBytes ? 0 : previous[i - pixelBytes] & 0xFF;
      int prediction =
          switch (type) {
            case 0 -> 0;
            case 1 -> left;
            case 2 -> above;
            case 3 -> (left + above) / 2;
            default -> paeth(left, above, aboveLeft);
          };
      filtered[i + 1] = (byte) (row[i] - prediction);
    }
    return filtered;
  }

  /** Of the three neighbours the one nearest to left + above − aboveLeft; ties in this order. */
  private static int paeth(int left, int above, int aboveLeft) {
    int leftDistance = Math.abs(above - aboveLeft);
    int aboveDistance = Math.abs(left - aboveLeft);
    int aboveLeftDistance = Math.abs(left + above - 2 * aboveLeft);
    if (leftDistance <= aboveDistance && leftDistance <= aboveLeftDistance) {
      return left;
    }
    return aboveDistance <= aboveLeftDistance ? above : aboveLeft;
  }

  private static long cost(byte[] filtered) {
    long sum = 0;
    for (int i = 1; i < filtered.length; i++) {
      sum += Math.abs(filtered[i]);
    }
    return sum;
  }
}
