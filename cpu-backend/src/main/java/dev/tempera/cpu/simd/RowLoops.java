package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static dev.tempera.cpu.simd.AddressSpace.ORDER;
import static dev.tempera.cpu.simd.Lanes.COUNT;
import static dev.tempera.cpu.simd.Lanes.FLOATS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Loops that move rows of floats between tensors and the packed pieces of a product. Offsets and
 * strides are in bytes, counts in elements. Rows that do not lie evenly spaced are given by a table
 * of addresses in memory.
 */
public final class RowLoops {
  private RowLoops() {}

  /**
   * Copies rows from anywhere to evenly spaced places.
   *
   * @param sources address of a table of {@code rows} addresses
   * @param count elements of a row
   */
  public static void collect(long sources, int rows, int count, long target, long targetStride) {
    int whole = FLOATS.loopBound(count);
    VectorMask<Float> tail = FLOATS.indexInRange(whole, count);
    for (int row = 0; row < rows; row++) {
      long from = ALL.get(JAVA_LONG_UNALIGNED, (sources + row * 8L) & MASK);
      long to = target + row * targetStride;
      for (int i = 0; i < whole; i += COUNT) {
        FloatVector.fromMemorySegment(FLOATS, ALL, (from + i * 4L) & MASK, ORDER)
            .intoMemorySegment(ALL, (to + i * 4L) & MASK, ORDER);
      }
      if (whole < count) {
        FloatVector.fromMemorySegment(FLOATS, ALL, (from + whole * 4L) & MASK, ORDER, tail)
            .intoMemorySegment(ALL, (to + whole * 4L) & MASK, ORDER, tail);
      }
    }
  }

  /**
   * Copies rows of an image to evenly spaced places, with zeros where a mask has no bit; see {@link
   * MaskBits}.
   *
   * @param sources address of a table of {@code rows} addresses, each the image's plus a multiple
   *     of {@link MaskBits#GROUP} elements
   * @param count elements of a row, a multiple of {@link MaskBits#GROUP}
   * @param image address of the image
   * @param bits address of the mask of the image
   * @param absent what a table entry is for a row of zeros outside the image
   */
  public static void collectMasked(
      long sources,
      int rows,
      int count,
      long target,
      long targetStride,
      long image,
      long bits,
      long absent) {
    for (int row = 0; row < rows; row++) {
      long from = ALL.get(JAVA_LONG_UNALIGNED, (sources + row * 8L) & MASK);
      long to = target + row * targetStride;
      if (from == absent) {
        fill(to, count, 0);
        continue;
      }
      copyMasked(from, count, to, bits + MaskBits.offset(from - image));
    }
  }

  /**
   * Copies elements that lie side by side, with zeros where a mask has no bit.
   *
   * @param count a multiple of {@link MaskBits#GROUP}
   * @param bits address of the bits of the first element
   */
  public static void copyMasked(long source, int count, long target, long bits) {
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int first = 0; first < count; first += MaskBits.GROUP) {
      long passed = ALL.get(JAVA_LONG_UNALIGNED, (bits + first / 8) & MASK);
      for (int i = 0; i < MaskBits.GROUP; i += COUNT) {
        long offset = (first + i) * 4L;
        VectorMask<Float> lanes = VectorMask.fromLong(FLOATS, passed >>> i);
        zero.blend(
                FloatVector.fromMemorySegment(FLOATS, ALL, (source + offset) & MASK, ORDER), lanes)
            .intoMemorySegment(ALL, (target + offset) & MASK, ORDER);
      }
    }
  }

  /** Copies evenly spaced rows to evenly spaced places; a stride of 0 repeats the row. */
  public static void copy(
      long source, long sourceStride, int rows, int count, long target, long targetStride) {
    int whole = FLOATS.loopBound(count);
    VectorMask<Float> tail = FLOATS.indexInRange(whole, count);
    for (int row = 0; row < rows; row++) {
      long from = source + row * sourceStride;
      long to = target + row * targetStride;
      for (int i = 0; i < whole; i += COUNT) {
        FloatVector.fromMemorySegment(FLOATS, ALL, (from + i * 4L) & MASK, ORDER)
            .intoMemorySegment(ALL, (to + i * 4L) & MASK, ORDER);
      }
      if (whole < count) {
        FloatVector.fromMemorySegment(FLOATS, ALL, (from + whole * 4L) & MASK, ORDER, tail)
            .intoMemorySegment(ALL, (to + whole * 4L) & MASK, ORDER, tail);
      }
    }
  }

  /** Copies elements with any two strides into rows whose elements lie side by side. */
  public static void gather(
      long source,
      long rowStride,
      long elementStride,
      int rows,
      int count,
      long target,
      long targetStride) {
    for (int first = 0; first < count; first += COUNT) {
      int end = Math.min(first + COUNT, count);
      for (int row = 0; row < rows; row++) {
        long from = source + row * rowStride;
        long to = target + row * targetStride;
        for (int i = first; i < end; i++) {
          float element = ALL.get(JAVA_FLOAT_UNALIGNED, (from + i * elementStride) & MASK);
          ALL.set(JAVA_FLOAT_UNALIGNED, (to + i * 4L) & MASK, element);
        }
      }
    }
  }

  /** Writes one number to neighbouring elements. */
  public static void fill(long target, int count, float value) {
    FloatVector values = FloatVector.broadcast(FLOATS, value);
    int i = 0;
    for (; i < FLOATS.loopBound(count); i += COUNT) {
      values.intoMemorySegment(ALL, (target + i * 4L) & MASK, ORDER);
    }
    for (; i < count; i++) {
      ALL.set(JAVA_FLOAT_UNALIGNED, (target + i * 4L) & MASK, value);
    }
  }
}
