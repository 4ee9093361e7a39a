package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static dev.tempera.cpu.simd.AddressSpace.ORDER;
import static dev.tempera.cpu.simd.Lanes.COUNT;
import static dev.tempera.cpu.simd.Lanes.FLOATS;
import static dev.tempera.cpu.simd.WinogradPoints.A;
import static dev.tempera.cpu.simd.WinogradPoints.A2;
import static dev.tempera.cpu.simd.WinogradPoints.A3;
import static dev.tempera.cpu.simd.WinogradPoints.B;
import static dev.tempera.cpu.simd.WinogradPoints.B2;
import static dev.tempera.cpu.simd.WinogradPoints.B3;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The output transform of F(4×4, 3×3), Aᵀ·m·A for 6 × 6 products m of each tile: first along the
 * rows, from six to four columns, then down the columns to the four rows of pixels. Every channel
 * is transformed alike; lanes are channels. See {@link WinogradPoints}.
 */
public final class WinogradOutputLoops {
  private WinogradOutputLoops() {}

  /**
   * Transforms one row of products of many tiles along itself.
   *
   * @param source address of the first of six matrices of products
   * @param sourceStride bytes from a matrix to the next
   * @param count floats of a matrix, a multiple of {@link Lanes#COUNT}
   * @param target address of the first of four matrices of results
   * @param targetStride bytes from a matrix to the next
   */
  public static void along(
      long source, long sourceStride, int count, long target, long targetStride) {
    FloatVector a = FloatVector.broadcast(FLOATS, A);
    FloatVector b = FloatVector.broadcast(FLOATS, B);
    FloatVector a2 = FloatVector.broadcast(FLOATS, A2);
    FloatVector b2 = FloatVector.broadcast(FLOATS, B2);
    FloatVector a3 = FloatVector.broadcast(FLOATS, A3);
    FloatVector b3 = FloatVector.broadcast(FLOATS, B3);
    for (int i = 0; i < count; i += COUNT) {
      long from = source + i * 4L;
      FloatVector m0 = FloatVector.fromMemorySegment(FLOATS, ALL, from & MASK, ORDER);
      FloatVector m1 =
          FloatVector.fromMemorySegment(FLOATS, ALL, (from + sourceStride) & MASK, ORDER);
      FloatVector m2 =
          FloatVector.fromMemorySegment(FLOATS, ALL, (from + 2 * sourceStride) & MASK, ORDER);
      FloatVector m3 =
          FloatVector.fromMemorySegment(FLOATS, ALL, (from + 3 * sourceStride) & MASK, ORDER);
      FloatVector m4 =
          FloatVector.fromMemorySegment(FLOATS, ALL, (from + 4 * sourceStride) & MASK, ORDER);
      FloatVector m5 =
          FloatVector.fromMemorySegment(FLOATS, ALL, (from + 5 * sourceStride) & MASK, ORDER);
      FloatVector sumA = m1.add(m2);
      FloatVector sumB = m3.add(m4);
      FloatVector differenceA = m1.sub(m2);
      FloatVector differenceB = m3.sub(m4);
      long to = target + i * 4L;
      m0.add(sumA).add(sumB).intoMemorySegment(ALL, to & MASK, ORDER);
      differenceA
          .fma(a, differenceB.mul(b))
          .intoMemorySegment(ALL, (to + targetStride) & MASK, ORDER);
      sumA.fma(a2, sumB.mul(b2)).intoMemorySegment(ALL, (to + 2 * targetStride) & MASK, ORDER);
      differenceA
          .fma(a3, differenceB.fma(b3, m5))
          .intoMemorySegment(ALL, (to + 3 * targetStride) & MASK, ORDER);
    }
  }

  /**
   * Transforms one column of pixels of neighbouring tiles down itself, adds where sums begin, a
   * bias or what the pixels hold already, and writes what is not below a floor; perhaps also a bit
   * for each sum that says whether it is positive, as {@link MaskBits} describes.
   *
   * @param source address of the first of six matrices of {@link #along}'s results
   * @param sourceStride bytes from a matrix to the next
   * @param tileStride bytes from a tile to the next in a matrix
   * @param tiles how many
   * @param channels of a tile that are written, a multiple of {@link Lanes#COUNT} and at most 64;
   *     with bits 8, 16, 32 or 64
   * @param start address of what is added to them, for the first tile's first pixel
   * @param startStride bytes from there to the next tile's, 0 for a bias
   * @param startLineStride bytes from there to the next row's, 0 for a bias
   * @param floor what smaller numbers are replaced by: 0 for a ReLU, else −∞
   * @param target address of the first tile's first pixel
   * @param targetStride bytes from a tile's pixel to the next tile's
   * @param lineStride bytes from a row of pixels to the next
   * @param lines rows of a tile that lie inside the image, 1 to 4
   * @param bits address of the bits of the first tile's first pixel, 0 for none; strides between
   *     bits are a 32nd of those between pixels
   */
  public static void down(
      long source,
      long sourceStride,
      long tileStride,
      int tiles,
      int channels,
      long start,
      long startStride,
      long startLineStride,
      float floor,
      long target,
      long targetStride,
      long lineStride,
      int lines,
      long bits) {
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector least = FloatVector.broadcast(FLOATS, floor);
    for (int tile = 0; tile < tiles; tile++) {
      long positive0 = 0;
      long positive1 = 0;
      long positive2 = 0;
      long positive3 = 0;
      for (int i = 0; i < channels; i += COUNT) {
        long from = source + tile * tileStride + i * 4L;
        FloatVector m0 = FloatVector.fromMemorySegment(FLOATS, ALL, from & MASK, ORDER);
        FloatVector m1 =
            FloatVector.fromMemorySegment(FLOATS, ALL, (from + sourceStride) & MASK, ORDER);
        FloatVector m2 =
            FloatVector.fromMemorySegment(FLOATS, ALL, (from + 2 * sourceStride) & MASK, ORDER);
        FloatVector m3 =
            FloatVector.fromMemorySegment(FLOATS, ALL, (from + 3 * sourceStride) & MASK, ORDER);
        FloatVector m4 =
            FloatVector.fromMemorySegment(FLOATS, ALL, (from + 4 * sourceStride) & MASK, ORDER);
        FloatVector m5 =
            FloatVector.fromMemorySegment(FLOATS, ALL, (from + 5 * sourceStride) & MASK, ORDER);
        FloatVector sumA = m1.add(m2);
        FloatVector sumB = m3.add(m4);
        FloatVector differenceA = m1.sub(m2);
        FloatVector differenceB = m3.sub(m4);
        long first = start + tile * startStride + i * 4L;
        long to = target + tile * targetStride + i * 4L;
        FloatVector sum =
            FloatVector.fromMemorySegment(FLOATS, ALL, first & MASK, ORDER)
                .add(m0)
                .add(sumA)
                .add(sumB);
        sum.max(least).intoMemorySegment(ALL, to & MASK, ORDER);
        positive0 |= sum.compare(VectorOperators.GT, zero).toLong() << i;
        if (lines > 1) {
          sum =
              differenceA.fma(
                  FloatVector.broadcast(FLOATS, A),
                  differenceB.fma(
                      FloatVector.broadcast(FLOATS, B),
                      FloatVector.fromMemorySegment(
                          FLOATS, ALL, (first + startLineStride) & MASK, ORDER)));
          sum.max(least).intoMemorySegment(ALL, (to + lineStride) & MASK, ORDER);
          positive1 |= sum.compare(VectorOperators.GT, zero).toLong() << i;
        }
        if (lines > 2) {
          sum =
              sumA.fma(
                  FloatVector.broadcast(FLOATS, A2),
                  sumB.fma(
                      FloatVector.broadcast(FLOATS, B2),
                      FloatVector.fromMemorySegment(
                          FLOATS, ALL, (first + 2 * startLineStride) & MASK, ORDER)));
          sum.max(least).intoMemorySegment(ALL, (to + 2 * lineStride) & MASK, ORDER);
          positive2 |= sum.compare(VectorOperators.GT, zero).toLong() << i;
        }
        if (lines > 3) {
          sum =
              differenceA.fma(
                  FloatVector.broadcast(FLOATS, A3),
                  differenceB
                      .fma(FloatVector.broadcast(FLOATS, B3), m5)
                      .add(
                          FloatVector.fromMemorySegment(
                              FLOATS, ALL, (first + 3 * startLineStride) & MASK, ORDER)));
          sum.max(least).intoMemorySegment(ALL, (to + 3 * lineStride) & MASK, ORDER);
          positive3 |= sum.compare(VectorOperators.GT, zero).toLong() << i;
        }
      }
      if (bits == 0) {
        continue;
      }
      long place = bits + MaskBits.offset(tile * targetStride);
      long line = MaskBits.offset(lineStride);
      MaskBits.write(place, channels, positive0);
      if (lines > 1) {
        MaskBits.write(place + line, channels, positive1);
      }
      if (lines > 2) {
        MaskBits.write(place + 2 * line, channels, positive2);
      }
      if (lines > 3) {
        MaskBits.write(place + 3 * line, channels, positive3);
      }
    }
  }
}
