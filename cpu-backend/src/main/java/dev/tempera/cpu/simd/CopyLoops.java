package dev.tempera.cpu.simd;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Loops that move elements of any type; addresses and strides are in bytes. */
public final class CopyLoops {
  /** Up to this size, a loop is faster than a call into the runtime. */
  private static final int SMALL_BLOCK = 1024;

  private static final VectorSpecies<Long> LONGS =
      VectorSpecies.of(long.class, Lanes.FLOATS.vectorShape());

  /** Bytes from the first lane of a vector to its last. */
  private static final int LAST_LANE = Lanes.BYTES - Float.BYTES;

  private static final VectorShuffle<Float> REVERSED =
      VectorShuffle.iota(Lanes.FLOATS, Lanes.COUNT - 1, -1, true);

  private CopyLoops() {}

  /** Copies a block that does not overlap its new place. */
  public static void block(long from, long to, long bytes) {
    if (bytes > SMALL_BLOCK) {
      MemorySegment.copy(AddressSpace.ALL, from, AddressSpace.ALL, to, bytes);
      return;
    }
    long source = from & AddressSpace.MASK;
    long target = to & AddressSpace.MASK;
    int i = 0;
    for (; i <= bytes - Lanes.BYTES; i += Lanes.BYTES) {
      Lanes.store(Lanes.load(source + i), target + i);
    }
    for (; i <= bytes - Integer.BYTES; i += Integer.BYTES) {
      int four = AddressSpace.ALL.get(ValueLayout.JAVA_INT_UNALIGNED, source + i);
      AddressSpace.ALL.set(ValueLayout.JAVA_INT_UNALIGNED, target + i, four);
    }
    for (; i < bytes; i++) {
      byte element = AddressSpace.ALL.get(ValueLayout.JAVA_BYTE, source + i);
      AddressSpace.ALL.set(ValueLayout.JAVA_BYTE, target + i, element);
    }
  }

  /** Copies the first numbers of an array. */
  public static void doubles(double[] from, int count, long to) {
    MemorySegment.copy(
        from,
        0,
        AddressSpace.ALL,
        ValueLayout.JAVA_DOUBLE_UNALIGNED,
        to & AddressSpace.MASK,
        count);
  }

  /** Fills a block with a pattern of 8 bytes, the lowest first. */
  public static void fill(long to, long bytes, long pattern) {
    LongVector vector = LongVector.broadcast(LONGS, pattern);
    long target = to & AddressSpace.MASK;
    long i = 0;
    for (; i <= bytes - Lanes.BYTES; i += Lanes.BYTES) {
      vector.intoMemorySegment(AddressSpace.ALL, target + i, AddressSpace.ORDER);
    }
    for (; i < bytes; i++) {
      byte element = (byte) (pattern >>> (i % Long.BYTES * Byte.SIZE));
      AddressSpace.ALL.set(ValueLayout.JAVA_BYTE, target + i, element);
    }
  }

  /**
   * Copies a run of elements.
   *
   * @param size of an element: 1, 2, 4 or 8 bytes
   */
  public static void run(long from, long fromStride, long to, long toStride, int count, int size) {
    if (toStride == size && fromStride == size) {
      block(from, to, (long) count * size);
    } else if (toStride == size && fromStride == 0) {
      fill(to, (long) count * size, pattern(from, size));
    } else if (toStride == Float.BYTES && fromStride == -Float.BYTES && size == Float.BYTES) {
      reversed(from, to, count);
    } else {
      switch (size) {
        case 1 -> bytes(from, fromStride, to, toStride, count);
        case 2 -> shorts(from, fromStride, to, toStride, count);
        case 4 -> ints(from, fromStride, to, toStride, count);
        default -> longs(from, fromStride, to, toStride, count);
      }
    }
  }

  /** Eight bytes of one element again and again. */
  private static long pattern(long from, int size) {
    return switch (size) {
      case 1 -> (AddressSpace.ALL.get(ValueLayout.JAVA_BYTE, from) & 0xFFL) * 0x0101010101010101L;
      case 2 ->
          (AddressSpace.ALL.get(ValueLayout.JAVA_SHORT_UNALIGNED, from) & 0xFFFFL)
              * 0x0001000100010001L;
      case 4 ->
          (AddressSpace.ALL.get(ValueLayout.JAVA_INT_UNALIGNED, from) & 0xFFFF_FFFFL)
              * 0x0000000100000001L;
      default -> AddressSpace.ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, from);
    };
  }

  /** Copies elements of four bytes whose order is reversed. */
  private static void reversed(long from, long to, int count) {
    int whole = count - count % Lanes.COUNT;
    long source = from & AddressSpace.MASK;
    long target = to & AddressSpace.MASK;
    for (int i = 0; i < whole * Float.BYTES; i += Lanes.BYTES) {
      Lanes.store(
          Lanes.load(source - i - LAST_LANE & AddressSpace.MASK).rearrange(REVERSED), target + i);
    }
    long done = (long) whole * Float.BYTES;
    ints(source - done, -Float.BYTES, target + done, Float.BYTES, count - whole);
  }

  private static void bytes(long from, long fromStride, long to, long toStride, int count) {
    for (int i = 0; i < count; i++) {
      byte element =
          AddressSpace.ALL.get(ValueLayout.JAVA_BYTE, (from + i * fromStride) & AddressSpace.MASK);
      AddressSpace.ALL.set(ValueLayout.JAVA_BYTE, (to + i * toStride) & AddressSpace.MASK, element);
    }
  }

  private static void shorts(long from, long fromStride, long to, long toStride, int count) {
    for (int i = 0; i < count; i++) {
      short element =
          AddressSpace.ALL.get(
              ValueLayout.JAVA_SHORT_UNALIGNED, (from + i * fromStride) & AddressSpace.MASK);
      AddressSpace.ALL.set(
          ValueLayout.JAVA_SHORT_UNALIGNED, (to + i * toStride) & AddressSpace.MASK, element);
    }
  }

  private static void ints(long from, long fromStride, long to, long toStride, int count) {
    for (int i = 0; i < count; i++) {
      int element =
          AddressSpace.ALL.get(
              ValueLayout.JAVA_INT_UNALIGNED, (from + i * fromStride) & AddressSpace.MASK);
      AddressSpace.ALL.set(
          ValueLayout.JAVA_INT_UNALIGNED, (to + i * toStride) & AddressSpace.MASK, element);
    }
  }

  private static void longs(long from, long fromStride, long to, long toStride, int count) {
    for (int i = 0; i < count; i++) {
      long element =
          AddressSpace.ALL.get(
              ValueLayout.JAVA_LONG_UNALIGNED, (from + i * fromStride) & AddressSpace.MASK);
      AddressSpace.ALL.set(
          ValueLayout.JAVA_LONG_UNALIGNED, (to + i * toStride) & AddressSpace.MASK, element);
    }
  }

  /**
   * Copies a small rectangle of elements between places with any strides.
   *
   * @param size of an element: 1, 2, 4 or 8 bytes
   */
  public static void rectangle(
      long from,
      long fromRow,
      long fromColumn,
      long to,
      long toRow,
      long toColumn,
      int rows,
      int columns,
      int size) {
    if (columns >= rows) {
      for (int row = 0; row < rows; row++) {
        run(from + row * fromRow, fromColumn, to + row * toRow, toColumn, columns, size);
      }
    } else {
      for (int column = 0; column < columns; column++) {
        run(from + column * fromColumn, fromRow, to + column * toColumn, toRow, rows, size);
      }
    }
  }
}
