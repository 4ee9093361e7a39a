package dev.tempera.cpu.kernel;

import dev.tempera.cpu.simd.CopyLoops;
import dev.tempera.data.Storage;

/**
 * An operand whose elements lie in memory side by side in the order of the result.
 *
 * @param address of the first element
 * @param elementBits the size of an element in bits
 * @param use what the kernel does with it
 */
record DirectOperand(long address, int elementBits, FlatUse use) implements FlatOperand {
  /** One bit an element. */
  static DirectOperand bits(Storage storage, FlatUse use) {
    return new DirectOperand(Addresses.of(storage), 1, use);
  }

  @Override
  public boolean isDirect() {
    return true;
  }

  @Override
  public long at(long index) {
    return address + index * elementBits / Byte.SIZE;
  }

  @Override
  public void fetch(long start, int count, long buffer) {
    if (use.reads()) {
      CopyLoops.block(at(start), buffer, bytes(count));
    }
  }

  @Override
  public void put(long start, int count, long buffer) {
    if (use.writes()) {
      CopyLoops.block(buffer, at(start), bytes(count));
    }
  }
}
