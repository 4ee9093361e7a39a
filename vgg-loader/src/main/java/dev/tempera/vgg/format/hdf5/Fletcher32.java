package dev.tempera.vgg.format.hdf5;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The checksum that HDF5 appends to chunks: Fletcher's sums modulo 65535, over big-endian 16-bit
 * words. An odd last byte is the high half of a word.
 *
 * @see <a href="https://doi.org/10.1109/TCOM.1982.1095369">Fletcher, An Arithmetic Checksum for
 *     Serial Transmissions, 1982</a>
 */
final class Fletcher32 {
  private static final int MODULUS = 0xFFFF;

  /** So many bytes that sums of their words do not overflow. */
  private static final long BLOCK_SIZE = 1 << 16;

  private static final ValueLayout.OfShort WORD =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private Fletcher32() {}

  /** The checksum of some bytes: the sum of all sums, then, in the low half, the sum. */
  static int of(MemorySegment bytes) {
    long size = bytes.byteSize();
    long sum = 0;
    long sumOfSums = 0;
    for (long start = 0; start < size; start += BLOCK_SIZE) {
      long end = Math.min(start + BLOCK_SIZE, size);
      for (long at = start; at < end; at += Short.BYTES) {
        sum += word(bytes, at);
        sumOfSums += sum;
      }
      sum = reduced(sum);
      sumOfSums = reduced(sumOfSums);
    }
    return (int) (sumOfSums << 16 | sum);
  }

  /**
   * A checksum with the bytes of each half exchanged, as little-endian machines wrote it before
   * HDF5 1.6.3.
   */
  static int exchanged(int checksum) {
    return Integer.rotateLeft(Integer.reverseBytes(checksum), 16);
  }

  private static int word(MemorySegment bytes, long at) {
    return at + 1 < bytes.byteSize()
        ? bytes.get(WORD, at) & 0xFFFF
        : (bytes.get(ValueLayout.JAVA_BYTE, at) & 0xFF) << 8;
  }

  /** The remainder, or the modulus in place of 0 where the sum is not 0. */
  private static long reduced(long sum) {
    return sum == 0 ? 0 : (sum - 1) % MODULUS + 1;
  }
}
