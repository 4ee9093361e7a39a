package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static dev.tempera.cpu.simd.AddressSpace.ORDER;
import static dev.tempera.cpu.simd.Lanes.COUNT;
import static dev.tempera.cpu.simd.Lanes.FLOATS;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernel of convolutions whose result has few channels: the sums of four pixels and three
 * channels, with the channels of the patch in the lanes of a vector. Where a product along the
 * result's channels would leave most lanes idle, this fills all of them. Twelve sums keep the
 * multipliers busy and fit 16 registers.
 */
public final class DotKernel {
  /** Pixels of a tile. */
  public static final int PIXELS = 4;

  /** Channels of the result in a tile. */
  public static final int COLUMNS = 3;

  private static final long VECTOR = COUNT * (long) Float.BYTES;
  private static final long PIXEL = COLUMNS * VECTOR;

  private DotKernel() {}

  /**
   * Computes sums whose lanes are not yet added: one vector for each pixel and column.
   *
   * @param table address of the addresses of the segments of the first pixel's patch
   * @param segments how many
   * @param pixelStride bytes from a pixel's segments to the next pixel's
   * @param depth elements of a segment, a multiple of the lane count
   * @param pixels how many, whole tiles
   * @param weights address of a vector of weights for each vector of the patch and column
   * @param first address of the vectors that the sums of each pixel begin with, one for each column
   * @param target address of the result, pixel by pixel
   */
  public static void dot(
      long table,
      int segments,
      long pixelStride,
      int depth,
      int pixels,
      long weights,
      long first,
      long target) {
    long pixel1 = pixelStride & MatmulKernel.STRIDE_MASK;
    long pixel2 = 2 * pixel1;
    long pixel3 = 3 * pixel1;
    for (int pixel = 0; pixel < pixels; pixel += PIXELS) {
      long from = first & MASK;
      FloatVector s00 = FloatVector.fromMemorySegment(FLOATS, ALL, from, ORDER);
      FloatVector s01 = FloatVector.fromMemorySegment(FLOATS, ALL, from + VECTOR, ORDER);
      FloatVector s02 = FloatVector.fromMemorySegment(FLOATS, ALL, from + 2 * VECTOR, ORDER);
      FloatVector s10 = s00;
      FloatVector s11 = s01;
      FloatVector s12 = s02;
      FloatVector s20 = s00;
      FloatVector s21 = s01;
      FloatVector s22 = s02;
      FloatVector s30 = s00;
      FloatVector s31 = s01;
      FloatVector s32 = s02;
      long weight = weights;
      for (int segment = 0; segment < segments; segment++) {
        long patch = ALL.get(JAVA_LONG_UNALIGNED, (table + segment * 8L) & MASK) + pixel * pixel1;
        for (int i = 0; i < depth; i += COUNT) {
          long right = weight & MASK;
          FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, ALL, right, ORDER);
          FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, ALL, right + VECTOR, ORDER);
          FloatVector w2 = FloatVector.fromMemorySegment(FLOATS, ALL, right + 2 * VECTOR, ORDER);
          long left = (patch + i * 4L) & MASK;
          FloatVector x0 = FloatVector.fromMemorySegment(FLOATS, ALL, left, ORDER);
          s00 = x0.fma(w0, s00);
          s01 = x0.fma(w1, s01);
          s02 = x0.fma(w2, s02);
          FloatVector x1 = FloatVector.fromMemorySegment(FLOATS, ALL, left + pixel1, ORDER);
          s10 = x1.fma(w0, s10);
          s11 = x1.fma(w1, s11);
          s12 = x1.fma(w2, s12);
          FloatVector x2 = FloatVector.fromMemorySegment(FLOATS, ALL, left + pixel2, ORDER);
          s20 = x2.fma(w0, s20);
          s21 = x2.fma(w1, s21);
          s22 = x2.fma(w2, s22);
          FloatVector x3 = FloatVector.fromMemorySegment(FLOATS, ALL, left + pixel3, ORDER);
          s30 = x3.fma(w0, s30);
          s31 = x3.fma(w1, s31);
          s32 = x3.fma(w2, s32);
          weight += PIXEL;
        }
      }
      long to = (target + pixel * PIXEL) & MASK;
      s00.intoMemorySegment(ALL, to, ORDER);
      s01.intoMemorySegment(ALL, to + VECTOR, ORDER);
      s02.intoMemorySegment(ALL, to + 2 * VECTOR, ORDER);
      s10.intoMemorySegment(ALL, to + 3 * VECTOR, ORDER);
      s11.intoMemorySegment(ALL, to + 4 * VECTOR, ORDER);
      s12.intoMemorySegment(ALL, to + 5 * VECTOR, ORDER);
      s20.intoMemorySegment(ALL, to + 6 * VECTOR, ORDER);
      s21.intoMemorySegment(ALL, to + 7 * VECTOR, ORDER);
      s22.intoMemorySegment(ALL, to + 8 * VECTOR, ORDER);
      s30.intoMemorySegment(ALL, to + 9 * VECTOR, ORDER);
      s31.intoMemorySegment(ALL, to + 10 * VECTOR, ORDER);
      s32.intoMemorySegment(ALL, to + 11 * VECTOR, ORDER);
    }
  }
}
