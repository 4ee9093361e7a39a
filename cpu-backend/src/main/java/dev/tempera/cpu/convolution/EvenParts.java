package dev.tempera.cpu.convolution;

/** Lengths of which a whole is a multiple. */
final class EvenParts {
  private EvenParts() {}

  /**
   * The longest length of which a whole is a multiple.
   *
   * @param whole at least 1
   * @param most the longest allowed, at least 1
   */
  static int longest(int whole, int most) {
    int parts = Math.ceilDiv(whole, most);
    while (whole % parts != 0) {
      parts++;
    }
    return whole / parts;
  }
}
