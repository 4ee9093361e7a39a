package dev.tempera.cpu.kernel;

/**
 * One operand of an elementwise kernel, addressed by the index of its elements in the memory order
 * of the result.
 */
sealed interface FlatOperand permits DirectOperand, PeriodicOperand, ScatteredOperand {
  /** The size of an element in bits: that of its type, or 1 for masks. */
  int elementBits();

  /** Whether whole groups of elements can be used where they are, without a buffer. */
  boolean isDirect();

  /** The address of an element that can be used where it is. */
  long at(long index);

  /** Copies elements from {@code start} on to a buffer, if the operand is read. */
  void fetch(long start, int count, long buffer);

  /** Copies elements back from a buffer, if the operand is written. */
  void put(long start, int count, long buffer);

  /** How many bytes so many elements take. */
  default long bytes(long count) {
    return Math.ceilDiv(count * elementBits(), Byte.SIZE);
  }
}
