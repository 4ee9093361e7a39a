package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static dev.tempera.cpu.simd.AddressSpace.ORDER;
import static dev.tempera.cpu.simd.Lanes.COUNT;
import static dev.tempera.cpu.simd.Lanes.FLOATS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernel of convolutions whose result has few channels: the sums of four pixels and four
 * channels, with the channels of the patch in the lanes of a vector. Where a product along the
 * result's channels would leave most lanes idle, this fills all of them.
 */
public final class DotKernel {
  /** Pixels of a tile. */
  public static final int PIXELS = 4;

  /** Channels of the result in a tile. */
  public static final int COLUMNS = 4;

  /** Bytes of a tile of sums, each with its lanes not yet added. */
  public static final long TILE_BYTES = PIXELS * COLUMNS * (long) Lanes.BYTES;

  private static final long VECTOR = COUNT * (long) Float.BYTES;

  private DotKernel() {}

  /**
   * Computes a tile.
   *
   * @param table address of the addresses of four pixels of the image, for the first tap
   * @param tapStride bytes from there to the next tap's
   * @param taps how many taps
   * @param channels of a patch at one tap, a multiple of the lane count
   * @param weights address of a vector of weights for each tap, vector of channels, and column
   * @param tile address of the {@link #TILE_BYTES} bytes that the sums are written to
   */
  public static void dot(
      long table, long tapStride, int taps, int channels, long weights, long tile) {
    FloatVector s00 = FloatVector.zero(FLOATS);
    FloatVector s01 = FloatVector.zero(FLOATS);
    FloatVector s02 = FloatVector.zero(FLOATS);
    FloatVector s03 = FloatVector.zero(FLOATS);
    FloatVector s10 = FloatVector.zero(FLOATS);
    FloatVector s11 = FloatVector.zero(FLOATS);
    FloatVector s12 = FloatVector.zero(FLOATS);
    FloatVector s13 = FloatVector.zero(FLOATS);
    FloatVector s20 = FloatVector.zero(FLOATS);
    FloatVector s21 = FloatVector.zero(FLOATS);
    FloatVector s22 = FloatVector.zero(FLOATS);
    FloatVector s23 = FloatVector.zero(FLOATS);
    FloatVector s30 = FloatVector.zero(FLOATS);
    FloatVector s31 = FloatVector.zero(FLOATS);
    FloatVector s32 = FloatVector.zero(FLOATS);
    FloatVector s33 = FloatVector.zero(FLOATS);
    long weight = weights;
    for (int tap = 0; tap < taps; tap++) {
      long entry = (table + tap * tapStride) & MASK;
      long pixel0 = ALL.get(JAVA_LONG_UNALIGNED, entry);
      long pixel1 = ALL.get(JAVA_LONG_UNALIGNED, entry + 8);
      long pixel2 = ALL.get(JAVA_LONG_UNALIGNED, entry + 16);
      long pixel3 = ALL.get(JAVA_LONG_UNALIGNED, entry + 24);
      for (int i = 0; i < channels; i += COUNT) {
        long right = weight & MASK;
        FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, ALL, right, ORDER);
        FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, ALL, right + VECTOR, ORDER);
        FloatVector w2 = FloatVector.fromMemorySegment(FLOATS, ALL, right + 2 * VECTOR, ORDER);
        FloatVector w3 = FloatVector.fromMemorySegment(FLOATS, ALL, right + 3 * VECTOR, ORDER);
        FloatVector x0 =
            FloatVector.fromMemorySegment(FLOATS, ALL, (pixel0 + i * 4L) & MASK, ORDER);
        s00 = x0.fma(w0, s00);
        s01 = x0.fma(w1, s01);
        s02 = x0.fma(w2, s02);
        s03 = x0.fma(w3, s03);
        FloatVector x1 =
            FloatVector.fromMemorySegment(FLOATS, ALL, (pixel1 + i * 4L) & MASK, ORDER);
        s10 = x1.fma(w0, s10);
        s11 = x1.fma(w1, s11);
        s12 = x1.fma(w2, s12);
        s13 = x1.fma(w3, s13);
        FloatVector x2 =
            FloatVector.fromMemorySegment(FLOATS, ALL, (pixel2 + i * 4L) & MASK, ORDER);
        s20 = x2.fma(w0, s20);
        s21 = x2.fma(w1, s21);
        s22 = x2.fma(w2, s22);
        s23 = x2.fma(w3, s23);
        FloatVector x3 =
            FloatVector.fromMemorySegment(FLOATS, ALL, (pixel3 + i * 4L) & MASK, ORDER);
        s30 = x3.fma(w0, s30);
        s31 = x3.fma(w1, s31);
        s32 = x3.fma(w2, s32);
        s33 = x3.fma(w3, s33);
        weight += COLUMNS * VECTOR;
      }
    }
    long to = tile & MASK;
    s00.intoMemorySegment(ALL, to, ORDER);
    s01.intoMemorySegment(ALL, to + VECTOR, ORDER);
    s02.intoMemorySegment(ALL, to + 2 * VECTOR, ORDER);
    s03.intoMemorySegment(ALL, to + 3 * VECTOR, ORDER);
    s10.intoMemorySegment(ALL, to + 4 * VECTOR, ORDER);
    s11.intoMemorySegment(ALL, to + 5 * VECTOR, ORDER);
    s12.intoMemorySegment(ALL, to + 6 * VECTOR, ORDER);
    s13.intoMemorySegment(ALL, to + 7 * VECTOR, ORDER);
    s20.intoMemorySegment(ALL, to + 8 * VECTOR, ORDER);
    s21.intoMemorySegment(ALL, to + 9 * VECTOR, ORDER);
    s22.intoMemorySegment(ALL, to + 10 * VECTOR, ORDER);
    s23.intoMemorySegment(ALL, to + 11 * VECTOR, ORDER);
    s30.intoMemorySegment(ALL, to + 12 * VECTOR, ORDER);
    s31.intoMemorySegment(ALL, to + 13 * VECTOR, ORDER);
    s32.intoMemorySegment(ALL, to + 14 * VECTOR, ORDER);
    s33.intoMemorySegment(ALL, to + 15 * VECTOR, ORDER);
  }

  /**
   * Adds the lanes of a tile to sums.
   *
   * @param sums address of rows of {@link #COLUMNS} sums, one row for each pixel
   */
  public static void addLanes(long tile, long sums) {
    for (int i = 0; i < PIXELS * COLUMNS; i++) {
      float lanes =
          LaneSum.of(FloatVector.fromMemorySegment(FLOATS, ALL, (tile + i * VECTOR) & MASK, ORDER));
      long place = (sums + i * 4L) & MASK;
      ALL.set(JAVA_FLOAT_UNALIGNED, place, ALL.get(JAVA_FLOAT_UNALIGNED, place) + lanes);
    }
  }
}
