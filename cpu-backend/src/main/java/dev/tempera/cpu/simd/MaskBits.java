package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

/**
 * How a {@link dev.tempera.data.Mask} of this backend lies in memory.
 *
 * <p>A mask belongs to a dense value and follows its memory order: bit {@code i mod 8} of byte
 * {@code ⌊i/8⌋}, counted from the least significant, tells of the i-th element <em>in memory</em>
 * (for a channels-last value the channels of one pixel are neighbours). A set bit lets the gradient
 * pass. Bits come in groups of 64, one little-endian {@code long} each; the storage is rounded up
 * to whole groups, and the bits after the last element are undefined.
 */
public final class MaskBits {
  /** How many elements one group of bits tells of. */
  public static final int GROUP = 64;

  private MaskBits() {}

  /**
   * Bytes from a mask's first bit to that of an element, the first of a byte of bits.
   *
   * @param elementOffset bytes from the value's first element to it
   */
  public static long offset(long elementOffset) {
    return elementOffset / (Float.BYTES * Byte.SIZE);
  }

  /** How many bytes the mask of a value of so many elements takes: a multiple of 8. */
  public static long bytes(long elements) {
    return Math.ceilDiv(elements, GROUP) * Long.BYTES;
  }

  /**
   * Writes neighbouring bits.
   *
   * @param address of the first bit's byte
   * @param count 8, 16, 32 or 64
   */
  static void write(long address, long count, long bits) {
    long place = address & MASK;
    if (count == 64) {
      ALL.set(JAVA_LONG_UNALIGNED, place, bits);
    } else if (count == 32) {
      ALL.set(JAVA_INT_UNALIGNED, place, (int) bits);
    } else if (count == 16) {
      ALL.set(JAVA_SHORT_UNALIGNED, place, (short) bits);
    } else {
      ALL.set(JAVA_BYTE, place, (byte) bits);
    }
  }
}
