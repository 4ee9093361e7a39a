package dev.tempera.cpu.simd;

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

  /** How many bytes the mask of a value of so many elements takes: a multiple of 8. */
  public static long bytes(long elements) {
    return Math.ceilDiv(elements, GROUP) * Long.BYTES;
  }
}
