package dev.tempera.cpu.runtime;

/**
 * The sizes that blocks of memory come in: eight between one power of two and the next, so that at
 * most an eighth of a block is unused.
 */
final class SizeClass {
  private static final long SMALLEST = 64;
  private static final long SMALLEST_STEP = 64;
  private static final int STEPS_IN_A_DOUBLING = 8;

  private SizeClass() {}

  /** The least size of a block that holds this many bytes; a multiple of 64. */
  static long of(long bytes) {
    if (bytes <= SMALLEST) {
      return SMALLEST;
    }
    long step = Math.max(Long.highestOneBit(bytes - 1) / STEPS_IN_A_DOUBLING, SMALLEST_STEP);
    return Math.ceilDiv(bytes, step) * step;
  }
}
