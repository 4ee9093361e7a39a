package dev.tempera.cpu.simd;

/**
 * A loop over operands that lie densely in memory, each element of one meeting the element of the
 * same index of the others.
 */
@FunctionalInterface
public interface FlatLoop {
  /** Elements are done in groups of this many; a multiple of every vector's lanes. */
  int GROUP = 64;

  /**
   * Runs over all elements.
   *
   * @param operands the address of each operand's first element
   * @param elements how many elements, a multiple of {@link #GROUP}, at most 2²⁴
   */
  void run(long[] operands, int elements);
}
