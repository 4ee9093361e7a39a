package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

/**
 * Loops over elements at places that numbers give; addresses and strides are in bytes, and an index
 * has 4 or 8 of them.
 */
public final class IndexLoops {
  private IndexLoops() {}

  /** The index at an address. */
  public static long get(long address, int bytes) {
    return bytes == Integer.BYTES
        ? ALL.get(JAVA_INT_UNALIGNED, address & MASK)
        : ALL.get(JAVA_LONG_UNALIGNED, address & MASK);
  }

  /**
   * The first of some indices that is no place on an axis.
   *
   * @param length of the axis
   * @return its number, or −1
   */
  public static int firstOutside(long index, int bytes, int count, int length) {
    for (int i = 0; i < count; i++) {
      long place = get(index + (long) i * bytes, bytes);
      if (place < 0 || place >= length) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Copies the elements at some places of neighbouring lines, one of each line, to places side by
   * side.
   *
   * @param from where the first line begins
   * @param line from one line to the next
   * @param along from one place of a line to the next
   * @param index of the first place; the others follow
   * @param size of an element: 1, 2, 4 or 8 bytes
   */
  public static void gather(
      long from, long line, long along, long index, int indexBytes, long to, int count, int size) {
    for (int i = 0; i < count; i++) {
      long place = get(index + (long) i * indexBytes, indexBytes);
      long source = (from + i * line + place * along) & MASK;
      long target = (to + (long) i * size) & MASK;
      switch (size) {
        case 1 -> ALL.set(JAVA_BYTE, target, ALL.get(JAVA_BYTE, source));
        case 2 -> ALL.set(JAVA_SHORT_UNALIGNED, target, ALL.get(JAVA_SHORT_UNALIGNED, source));
        case 4 -> ALL.set(JAVA_INT_UNALIGNED, target, ALL.get(JAVA_INT_UNALIGNED, source));
        default -> ALL.set(JAVA_LONG_UNALIGNED, target, ALL.get(JAVA_LONG_UNALIGNED, source));
      }
    }
  }

  /**
   * Adds the elements of a run, one to a place of each of neighbouring lines.
   *
   * @param to where the first line begins
   * @param line from one line to the next
   * @param along from one place of a line to the next
   * @param index of the first place
   * @param indexStride from one index to the next
   * @param size of an element: 4 for float32, 8 for float64
   */
  public static void scatterAdd(
      long from,
      long fromStride,
      long index,
      long indexStride,
      int indexBytes,
      long to,
      long line,
      long along,
      int count,
      int size) {
    for (int i = 0; i < count; i++) {
      long place = get(index + i * indexStride, indexBytes);
      add(from + i * fromStride, to + i * line + place * along, size);
    }
  }

  /**
   * Adds the elements of a run to those of another.
   *
   * @param size of an element: 4 for float32, 8 for float64
   */
  public static void addRun(
      long from, long fromStride, long to, long toStride, int count, int size) {
    int i = 0;
    if (size == Float.BYTES && fromStride == size && toStride == size) {
      long x = from & MASK;
      long y = to & MASK;
      for (; i <= count - Lanes.COUNT; i += Lanes.COUNT) {
        long place = (long) i * Float.BYTES;
        Lanes.store(Lanes.load(y + place).add(Lanes.load(x + place)), y + place);
      }
    }
    for (; i < count; i++) {
      add(from + i * fromStride, to + i * toStride, size);
    }
  }

  private static void add(long from, long to, int size) {
    long source = from & MASK;
    long target = to & MASK;
    if (size == Float.BYTES) {
      float sum = ALL.get(JAVA_FLOAT_UNALIGNED, target) + ALL.get(JAVA_FLOAT_UNALIGNED, source);
      ALL.set(JAVA_FLOAT_UNALIGNED, target, sum);
    } else {
      double sum = ALL.get(JAVA_DOUBLE_UNALIGNED, target) + ALL.get(JAVA_DOUBLE_UNALIGNED, source);
      ALL.set(JAVA_DOUBLE_UNALIGNED, target, sum);
    }
  }
}
