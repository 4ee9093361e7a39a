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

  /**
   * Addresses at given offsets.
   *
   * @param offsets in bytes from the base; negative ones mark what does not exist
   * @param from the first offset to use
   * @param absent the entry for what does not exist
   */
  public static void mapped(
      long table, int count, long base, long[] offsets, int from, long absent) {
    for (int i = 0; i < count; i++) {
      long offset = offsets[from + i];
      long entry = offset < 0 ? absent : base + offset;
      ALL.set(JAVA_LONG_UNALIGNED, (table + i * 8L) & MASK, entry);
    }
  }
}
