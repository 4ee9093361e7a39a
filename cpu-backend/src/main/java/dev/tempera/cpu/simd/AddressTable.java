package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

/**
 * Writes tables of addresses, from which loops learn where rows lie that are not evenly spaced. An
 * entry is eight bytes.
 */
public final class AddressTable {
  private AddressTable() {}

  /** Evenly spaced addresses; a stride of 0 repeats one. */
  public static void spaced(long table, int count, long first, long stride) {
    for (int i = 0; i < count; i++) {
      ALL.set(JAVA_LONG_UNALIGNED, (table + i * 8L) & MASK, first + i * stride);
    }
  }

  /** An address of a table. */
  public static long entry(long table, int index) {
    return ALL.get(JAVA_LONG_UNALIGNED, (table + index * 8L) & MASK);
  }
}
