package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static dev.tempera.cpu.simd.AddressSpace.ORDER;
import static dev.tempera.cpu.simd.Lanes.COUNT;
import static dev.tempera.cpu.simd.Lanes.FLOATS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import jdk.incubator.vector.FloatVector;

/** Four rows times four vectors of columns, for 32 vector registers. */
final class MatmulKernel4x4 {
  /** Rows of a tile. */
  static final int ROWS = 4;

  /** Columns of a tile. */
  static final int COLUMNS = 4 * COUNT;

  private static final long VECTOR = COUNT * (long) Float.BYTES;
  private static final long ROW = 4 * VECTOR;

  private MatmulKernel4x4() {}

  /** See {@link MatmulKernel#accumulate}. */
  static void accumulate(
      long a, long rowStride, long depthStride, long b, long start, long c, int depth) {
    long row1 = rowStride & MatmulKernel.STRIDE_MASK;
    long row2 = 2 * row1;
    long row3 = 3 * row1;
    long step = depthStride & MatmulKernel.STRIDE_MASK;
    FloatVector c00 = FloatVector.zero(FLOATS);
    FloatVector c01 = FloatVector.zero(FLOATS);
    FloatVector c02 = FloatVector.zero(FLOATS);
    FloatVector c03 = FloatVector.zero(FLOATS);
    FloatVector c10 = FloatVector.zero(FLOATS);
    FloatVector c11 = FloatVector.zero(FLOATS);
    FloatVector c12 = FloatVector.zero(FLOATS);
    FloatVector c13 = FloatVector.zero(FLOATS);
    FloatVector c20 = FloatVector.zero(FLOATS);
    FloatVector c21 = FloatVector.zero(FLOATS);
    FloatVector c22 = FloatVector.zero(FLOATS);
    FloatVector c23 = FloatVector.zero(FLOATS);
    FloatVector c30 = FloatVector.zero(FLOATS);
    FloatVector c31 = FloatVector.zero(FLOATS);
    FloatVector c32 = FloatVector.zero(FLOATS);
    FloatVector c33 = FloatVector.zero(FLOATS);
    for (int k = 0; k < depth; k++) {
      long left = (a + k * step) & MASK;
      long right = (b + k * ROW) & MASK;
      FloatVector b0 = FloatVector.fromMemorySegment(FLOATS, ALL, right, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(FLOATS, ALL, right + VECTOR, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(FLOATS, ALL, right + 2 * VECTOR, ORDER);
      FloatVector b3 = FloatVector.fromMemorySegment(FLOATS, ALL, right + 3 * VECTOR, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, left));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, left + row1));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      FloatVector a2 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, left + row2));
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      FloatVector a3 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, left + row3));
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      c33 = a3.fma(b3, c33);
    }
    long from = start & MASK;
    long to = c & MASK;
    c00.add(FloatVector.fromMemorySegment(FLOATS, ALL, from, ORDER))
        .intoMemorySegment(ALL, to, ORDER);
    c01.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + VECTOR, ORDER))
        .intoMemorySegment(ALL, to + VECTOR, ORDER);
    c02.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + 2 * VECTOR, ORDER))
        .intoMemorySegment(ALL, to + 2 * VECTOR, ORDER);
    c03.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + 3 * VECTOR, ORDER))
        .intoMemorySegment(ALL, to + 3 * VECTOR, ORDER);
    c10.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + ROW, ORDER))
        .intoMemorySegment(ALL, to + ROW, ORDER);
    c11.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + ROW + VECTOR, ORDER))
        .intoMemorySegment(ALL, to + ROW + VECTOR, ORDER);
    c12.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + ROW + 2 * VECTOR, ORDER))
        .intoMemorySegment(ALL, to + ROW + 2 * VECTOR, ORDER);
    c13.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + ROW + 3 * VECTOR, ORDER))
        .intoMemorySegment(ALL, to + ROW + 3 * VECTOR, ORDER);
    c20.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + 2 * ROW, ORDER))
        .intoMemorySegment(ALL, to + 2 * ROW, ORDER);
    c21.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + 2 * ROW + VECTOR, ORDER))
        .intoMemorySegment(ALL, to + 2 * ROW + VECTOR, ORDER);
    c22.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + 2 * ROW + 2 * VECTOR, ORDER))
        .intoMemorySegment(ALL, to + 2 * ROW + 2 * VECTOR, ORDER);
    c23.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + 2 * ROW + 3 * VECTOR, ORDER))
        .intoMemorySegment(ALL, to + 2 * ROW + 3 * VECTOR, ORDER);
    c30.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + 3 * ROW, ORDER))
        .intoMemorySegment(ALL, to + 3 * ROW, ORDER);
    c31.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + 3 * ROW + VECTOR, ORDER))
        .intoMemorySegment(ALL, to + 3 * ROW + VECTOR, ORDER);
    c32.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + 3 * ROW + 2 * VECTOR, ORDER))
        .intoMemorySegment(ALL, to + 3 * ROW + 2 * VECTOR, ORDER);
    c33.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + 3 * ROW + 3 * VECTOR, ORDER))
        .intoMemorySegment(ALL, to + 3 * ROW + 3 * VECTOR, ORDER);
  }
}
