package dev.tempera.cpu.simd;

import java.lang.foreign.ValueLayout;

/** Moves 64 bools between the bits of a number and bytes of 0 and 1 in memory. */
final class BoolBytes {
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long LOW_SEVEN_BITS = 0x7F7F7F7F7F7F7F7FL;

  /** Bit i in byte i. */
  private static final long DIAGONAL = 0x8040201008040201L;

  /** Multiplying by it moves the lowest bit of byte i to bit 56 + i. */
  private static final long GATHER = 0x0102040810204080L;

  private BoolBytes() {}

  /** Writes bit i as byte i. */
  static void write(long bits, long address) {
    for (int i = 0; i < Long.BYTES; i++) {
      long spread = (((bits >>> (i * Byte.SIZE)) & 0xFF) * LOW_BITS) & DIAGONAL;
      long bytes = ((spread + LOW_SEVEN_BITS) >>> 7) & LOW_BITS;
      AddressSpace.ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, address + (long) i * Long.BYTES, bytes);
    }
  }

  /** Bit i says whether byte i is not 0. */
  static long read(long address) {
    long bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      long bytes =
          AddressSpace.ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, address + (long) i * Long.BYTES);
      long set = ((((bytes & LOW_SEVEN_BITS) + LOW_SEVEN_BITS) | bytes) >>> 7) & LOW_BITS;
      bits |= ((set * GATHER) >>> 56) << (i * Byte.SIZE);
    }
    return bits;
  }
}
