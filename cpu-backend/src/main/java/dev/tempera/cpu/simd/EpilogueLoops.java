package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static dev.tempera.cpu.simd.AddressSpace.ORDER;
import static dev.tempera.cpu.simd.Lanes.COUNT;
import static dev.tempera.cpu.simd.Lanes.FLOATS;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Loops that write finished sums to the pixels of an image: plain, or with what is negative set to
 * 0, and then perhaps one bit for each that is positive. Rows of sums lie a panel's width apart;
 * the pixels are given by a table of addresses.
 */
public final class EpilogueLoops {
  private EpilogueLoops() {}

  /**
   * Writes sums as they are.
   *
   * @param sums address of the first row of sums
   * @param sumsStride bytes between rows of sums
   * @param count elements of a row
   * @param targets address of a table of {@code rows} addresses
   * @param offset added to each of them, in bytes
   */
  public static void store(
      long sums, long sumsStride, int rows, int count, long targets, long offset) {
    int whole = FLOATS.loopBound(count);
    VectorMask<Float> tail = FLOATS.indexInRange(whole, count);
    for (int row = 0; row < rows; row++) {
      long from = sums + row * sumsStride;
      long to = ALL.get(JAVA_LONG_UNALIGNED, (targets + row * 8L) & MASK) + offset;
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

  /** Writes the larger of each sum and 0; see {@link #store}. */
  public static void storeRelu(
      long sums, long sumsStride, int rows, int count, long targets, long offset) {
    int whole = FLOATS.loopBound(count);
    VectorMask<Float> tail = FLOATS.indexInRange(whole, count);
    for (int row = 0; row < rows; row++) {
      long from = sums + row * sumsStride;
      long to = ALL.get(JAVA_LONG_UNALIGNED, (targets + row * 8L) & MASK) + offset;
      for (int i = 0; i < whole; i += COUNT) {
        FloatVector.fromMemorySegment(FLOATS, ALL, (from + i * 4L) & MASK, ORDER)
            .max(0)
            .intoMemorySegment(ALL, (to + i * 4L) & MASK, ORDER);
      }
      if (whole < count) {
        FloatVector.fromMemorySegment(FLOATS, ALL, (from + whole * 4L) & MASK, ORDER, tail)
            .max(0)
            .intoMemorySegment(ALL, (to + whole * 4L) & MASK, ORDER, tail);
      }
    }
  }

  /**
   * Writes the larger of each sum and 0, and a bit that says whether the sum is positive, as {@link
   * MaskBits} describes. Rows are whole panels, 8 to 64 elements.
   *
   * @param width elements of a row of sums and of a panel
   * @param bits address of the bits of the first pixel's elements
   * @param bitsStride bytes between the bits of one pixel and the next
   */
  public static void storeReluBits(
      long sums, int width, int rows, long targets, long offset, long bits, long bitsStride) {
    for (int row = 0; row < rows; row++) {
      long from = sums + row * (width * 4L);
      long to = ALL.get(JAVA_LONG_UNALIGNED, (targets + row * 8L) & MASK) + offset;
      long positive = 0;
      for (int i = 0; i < width; i += COUNT) {
        FloatVector sum = FloatVector.fromMemorySegment(FLOATS, ALL, (from + i * 4L) & MASK, ORDER);
        sum.blend(0, sum.compare(VectorOperators.LE, 0))
            .intoMemorySegment(ALL, (to + i * 4L) & MASK, ORDER);
        positive |= sum.compare(VectorOperators.GT, 0).toLong() << i;
      }
      MaskBits.write(bits + row * bitsStride, width, positive);
    }
  }

  /**
   * Writes a bit for each of the values that {@link #storeReluBits} would have written, which says
   * whether it is positive, as {@link MaskBits} describes.
   *
   * @param values address of the first row
   * @param stride bytes between rows
   * @param width elements of a row, 8, 16, 32 or 64
   * @param bits address of the bits of the first row
   * @param bitsStride bytes between the bits of one row and the next
   */
  public static void writeBits(
      long values, long stride, int width, int rows, long bits, long bitsStride) {
    for (int row = 0; row < rows; row++) {
      long from = values + row * stride;
      long positive = 0;
      for (int i = 0; i < width; i += COUNT) {
        FloatVector value =
            FloatVector.fromMemorySegment(FLOATS, ALL, (from + i * 4L) & MASK, ORDER);
        positive |= value.compare(VectorOperators.GT, 0).toLong() << i;
      }
      MaskBits.write(bits + row * bitsStride, width, positive);
    }
  }
}
