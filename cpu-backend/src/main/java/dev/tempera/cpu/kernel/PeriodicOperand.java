package dev.tempera.cpu.kernel;

import dev.tempera.cpu.simd.CopyLoops;

/**
 * An operand that repeats a short period, such as one number, or one for each channel of a
 * channels-last image: enough periods for any span are laid out once and read from then on. It is
 * never written.
 *
 * @param pattern address of the periods
 * @param period in elements
 * @param elementBits the size of an element in bits
 */
record PeriodicOperand(long pattern, long period, int elementBits) implements FlatOperand {
  @Override
  public boolean isDirect() {
    return true;
  }

  @Override
  public long at(long index) {
    return pattern + index % period * elementBits / Byte.SIZE;
  }

  @Override
  public void fetch(long start, int count, long buffer) {
    CopyLoops.block(at(start), buffer, bytes(count));
  }

  @Override
  public void put(long start, int count, long buffer) {}
}
