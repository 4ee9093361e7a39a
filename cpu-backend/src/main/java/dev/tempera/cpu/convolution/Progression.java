package dev.tempera.cpu.convolution;

/**
 * Evenly spaced positions on an axis.
 *
 * @param count how many
 * @param first the first of them
 * @param step from one to the next
 */
record Progression(int count, int first, int step) {
  /** The positions from 0 to {@code count − 1}. */
  static Progression all(int count) {
    return new Progression(count, 0, 1);
  }
}
