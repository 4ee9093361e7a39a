package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static dev.tempera.cpu.simd.AddressSpace.ORDER;
import static dev.tempera.cpu.simd.Lanes.COUNT;
import static dev.tempera.cpu.simd.Lanes.FLOATS;
import static dev.tempera.cpu.simd.WinogradPoints.A;
import static dev.tempera.cpu.simd.WinogradPoints.A2;
import static dev.tempera.cpu.simd.WinogradPoints.A2_B2;
import static dev.tempera.cpu.simd.WinogradPoints.A2_PLUS_B2;
import static dev.tempera.cpu.simd.WinogradPoints.B;
import static dev.tempera.cpu.simd.WinogradPoints.B2;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The input transform of F(4×4, 3×3), Bᵀ·d·B for tiles d of 6 × 6 pixels that overlap by two: first
 * down the columns of six rows of pixels, which neighbouring tiles share, then along the rows.
 * Every channel is transformed alike; lanes are channels. See {@link WinogradPoints}.
 */
public final class WinogradInputLoops {
  private WinogradInputLoops() {}

  /**
   * Transforms six rows of an image down its columns.
   *
   * @param row0 address of the first row; the other five likewise
   * @param count floats of a row, a multiple of {@link Lanes#COUNT}
   * @param target address of the first of six rows of results
   * @param targetStride bytes from each to the next
   */
  public static void down(
      long row0,
      long row1,
      long row2,
      long row3,
      long row4,
      long row5,
      int count,
      long target,
      long targetStride) {
    for (int i = 0; i < count; i += COUNT) {
      long offset = i * 4L;
      FloatVector d0 = FloatVector.fromMemorySegment(FLOATS, ALL, (row0 + offset) & MASK, ORDER);
      FloatVector d1 = FloatVector.fromMemorySegment(FLOATS, ALL, (row1 + offset) & MASK, ORDER);
      FloatVector d2 = FloatVector.fromMemorySegment(FLOATS, ALL, (row2 + offset) & MASK, ORDER);
      FloatVector d3 = FloatVector.fromMemorySegment(FLOATS, ALL, (row3 + offset) & MASK, ORDER);
      FloatVector d4 = FloatVector.fromMemorySegment(FLOATS, ALL, (row4 + offset) & MASK, ORDER);
      FloatVector d5 = FloatVector.fromMemorySegment(FLOATS, ALL, (row5 + offset) & MASK, ORDER);
      long to = target + offset;
      transform(d0, d1, d2, d3, d4, d5, to, targetStride);
    }
  }

  /**
   * Transforms six rows of an image down its columns, with zeros where a mask has no bit; see
   * {@link #down} and {@link MaskBits}.
   *
   * @param bits0 address of the bits of the first row's first float, eight floats a byte; the other
   *     five likewise
   * @param count floats of a row, a multiple of {@link MaskBits#GROUP}
   */
  public static void downMasked(
      long row0,
      long row1,
      long row2,
      long row3,
      long row4,
      long row5,
      long bits0,
      long bits1,
      long bits2,
      long bits3,
      long bits4,
      long bits5,
      int count,
      long target,
      long targetStride) {
    for (int group = 0; group < count; group += MaskBits.GROUP) {
      long byteOffset = group / 8;
      long offset = group * 4L;
      downGroup(
          row0 + offset,
          row1 + offset,
          row2 + offset,
          row3 + offset,
          row4 + offset,
          row5 + offset,
          ALL.get(JAVA_LONG_UNALIGNED, (bits0 + byteOffset) & MASK),
          ALL.get(JAVA_LONG_UNALIGNED, (bits1 + byteOffset) & MASK),
          ALL.get(JAVA_LONG_UNALIGNED, (bits2 + byteOffset) & MASK),
          ALL.get(JAVA_LONG_UNALIGNED, (bits3 + byteOffset) & MASK),
          ALL.get(JAVA_LONG_UNALIGNED, (bits4 + byteOffset) & MASK),
          ALL.get(JAVA_LONG_UNALIGNED, (bits5 + byteOffset) & MASK),
          target + offset,
          targetStride);
    }
  }

  private static void downGroup(
      long row0,
      long row1,
      long row2,
      long row3,
      long row4,
      long row5,
      long bits0,
      long bits1,
      long bits2,
      long bits3,
      long bits4,
      long bits5,
      long target,
      long targetStride) {
    for (int i = 0; i < MaskBits.GROUP; i += COUNT) {
      long offset = i * 4L;
      VectorMask<Float> lanes0 = VectorMask.fromLong(FLOATS, bits0 >>> i);
      VectorMask<Float> lanes1 = VectorMask.fromLong(FLOATS, bits1 >>> i);
      VectorMask<Float> lanes2 = VectorMask.fromLong(FLOATS, bits2 >>> i);
      VectorMask<Float> lanes3 = VectorMask.fromLong(FLOATS, bits3 >>> i);
      VectorMask<Float> lanes4 = VectorMask.fromLong(FLOATS, bits4 >>> i);
      VectorMask<Float> lanes5 = VectorMask.fromLong(FLOATS, bits5 >>> i);
      FloatVector zero = FloatVector.zero(FLOATS);
      FloatVector d0 =
          zero.blend(
              FloatVector.fromMemorySegment(FLOATS, ALL, (row0 + offset) & MASK, ORDER), lanes0);
      FloatVector d1 =
          zero.blend(
              FloatVector.fromMemorySegment(FLOATS, ALL, (row1 + offset) & MASK, ORDER), lanes1);
      FloatVector d2 =
          zero.blend(
              FloatVector.fromMemorySegment(FLOATS, ALL, (row2 + offset) & MASK, ORDER), lanes2);
      FloatVector d3 =
          zero.blend(
              FloatVector.fromMemorySegment(FLOATS, ALL, (row3 + offset) & MASK, ORDER), lanes3);
      FloatVector d4 =
          zero.blend(
              FloatVector.fromMemorySegment(FLOATS, ALL, (row4 + offset) & MASK, ORDER), lanes4);
      FloatVector d5 =
          zero.blend(
              FloatVector.fromMemorySegment(FLOATS, ALL, (row5 + offset) & MASK, ORDER), lanes5);
      long to = target + offset;
      transform(d0, d1, d2, d3, d4, d5, to, targetStride);
    }
  }

  /**
   * Transforms one of the rows that {@link #down} made along itself: tile t takes the six pixels
   * from pixel 4·t on.
   *
   * @param source address of the first pixel's first channel
   * @param pixelStride bytes from a pixel to the next
   * @param tiles how many
   * @param channels of each pixel that are transformed, a multiple of {@link Lanes#COUNT}
   * @param target address of the first of six matrices with a row for each tile
   * @param tileStride bytes from a row to the next
   * @param targetStride bytes from a matrix to the next
   */
  public static void along(
      long source,
      long pixelStride,
      int tiles,
      int channels,
      long target,
      long tileStride,
      long targetStride) {
    for (int tile = 0; tile < tiles; tile++) {
      long first = source + tile * (4 * pixelStride);
      long place = target + tile * tileStride;
      for (int i = 0; i < channels; i += COUNT) {
        long from = first + i * 4L;
        FloatVector d0 = FloatVector.fromMemorySegment(FLOATS, ALL, from & MASK, ORDER);
        FloatVector d1 =
            FloatVector.fromMemorySegment(FLOATS, ALL, (from + pixelStride) & MASK, ORDER);
        FloatVector d2 =
            FloatVector.fromMemorySegment(FLOATS, ALL, (from + 2 * pixelStride) & MASK, ORDER);
        FloatVector d3 =
            FloatVector.fromMemorySegment(FLOATS, ALL, (from + 3 * pixelStride) & MASK, ORDER);
        FloatVector d4 =
            FloatVector.fromMemorySegment(FLOATS, ALL, (from + 4 * pixelStride) & MASK, ORDER);
        FloatVector d5 =
            FloatVector.fromMemorySegment(FLOATS, ALL, (from + 5 * pixelStride) & MASK, ORDER);
        long to = place + i * 4L;
        transform(d0, d1, d2, d3, d4, d5, to, targetStride);
      }
    }
  }

  /** Bᵀd of six vectors, written a stride apart. */
  private static void transform(
      FloatVector d0,
      FloatVector d1,
      FloatVector d2,
      FloatVector d3,
      FloatVector d4,
      FloatVector d5,
      long to,
      long stride) {
    FloatVector product = FloatVector.broadcast(FLOATS, A2_B2);
    FloatVector minusSum = FloatVector.broadcast(FLOATS, -A2_PLUS_B2);
    FloatVector even = d2.fma(FloatVector.broadcast(FLOATS, -B2), d4);
    FloatVector odd = d1.fma(FloatVector.broadcast(FLOATS, -B2), d3);
    d2.fma(minusSum, d0.fma(product, d4)).intoMemorySegment(ALL, to & MASK, ORDER);
    odd.fma(FloatVector.broadcast(FLOATS, A), even)
        .intoMemorySegment(ALL, (to + stride) & MASK, ORDER);
    odd.fma(FloatVector.broadcast(FLOATS, -A), even)
        .intoMemorySegment(ALL, (to + 2 * stride) & MASK, ORDER);
    even = d2.fma(FloatVector.broadcast(FLOATS, -A2), d4);
    odd = d1.fma(FloatVector.broadcast(FLOATS, -A2), d3);
    odd.fma(FloatVector.broadcast(FLOATS, B), even)
        .intoMemorySegment(ALL, (to + 3 * stride) & MASK, ORDER);
    odd.fma(FloatVector.broadcast(FLOATS, -B), even)
        .intoMemorySegment(ALL, (to + 4 * stride) & MASK, ORDER);
    d3.fma(minusSum, d1.fma(product, d5)).intoMemorySegment(ALL, (to + 5 * stride) & MASK, ORDER);
  }
}
