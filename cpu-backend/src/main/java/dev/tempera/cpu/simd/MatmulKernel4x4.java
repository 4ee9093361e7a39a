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
  static void accumulate(long a, long rowStride, long depthStride, long b, long c, int depth) {
    long row1 = rowStride & MatmulKernel.STRIDE_MASK;
    long row2 = 2 * row1;
    long row3 = 3 * row1;
    long step = depthStride & MatmulKernel.STRIDE_MASK;
    long to = c & MASK;
    FloatVector c00 = FloatVector.fromMemorySegment(FLOATS, ALL, to, ORDER);
    FloatVector c01 = FloatVector.fromMemorySegment(FLOATS, ALL, to + VECTOR, ORDER);
    FloatVector c02 = FloatVector.fromMemorySegment(FLOATS, ALL, to + 2 * VECTOR, ORDER);
    FloatVector c03 = FloatVector.fromMemorySegment(FLOATS, ALL, to + 3 * VECTOR, ORDER);
    FloatVector c10 = FloatVector.fromMemorySegment(FLOATS, ALL, to + ROW, ORDER);
    FloatVector c11 = FloatVector.fromMemorySegment(FLOATS, ALL, to + ROW + VECTOR, ORDER);
    FloatVector c12 = FloatVector.fromMemorySegment(FLOATS, ALL, to + ROW + 2 * VECTOR, ORDER);
    FloatVector c13 = FloatVector.fromMemorySegment(FLOATS, ALL, to + ROW + 3 * VECTOR, ORDER);
    FloatVector c20 = FloatVector.fromMemorySegment(FLOATS, ALL, to + 2 * ROW, ORDER);
    FloatVector c21 = FloatVector.fromMemorySegment(FLOATS, ALL, to + 2 * ROW + VECTOR, ORDER);
    FloatVector c22 = FloatVector.fromMemorySegment(FLOATS, ALL, to + 2 * ROW + 2 * VECTOR, ORDER);
    FloatVector c23 = FloatVector.fromMemorySegment(FLOATS, ALL, to + 2 * ROW + 3 * VECTOR, ORDER);
    FloatVector c30 = FloatVector.fromMemorySegment(FLOATS, ALL, to + 3 * ROW, ORDER);
    FloatVector c31 = FloatVector.fromMemorySegment(FLOATS, ALL, to + 3 * ROW + VECTOR, ORDER);
    FloatVector c32 = FloatVector.fromMemorySegment(FLOATS, ALL, to + 3 * ROW + 2 * VECTOR, ORDER);
    FloatVector c33 = FloatVector.fromMemorySegment(FLOATS, ALL, to + 3 * ROW + 3 * VECTOR, ORDER);
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
    c00.intoMemorySegment(ALL, to, ORDER);
    c01.intoMemorySegment(ALL, to + VECTOR, ORDER);
    c02.intoMemorySegment(ALL, to + 2 * VECTOR, ORDER);
    c03.intoMemorySegment(ALL, to + 3 * VECTOR, ORDER);
    c10.intoMemorySegment(ALL, to + ROW, ORDER);
    c11.intoMemorySegment(ALL, to + ROW + VECTOR, ORDER);
    c12.intoMemorySegment(ALL, to + ROW + 2 * VECTOR, ORDER);
    c13.intoMemorySegment(ALL, to + ROW + 3 * VECTOR, ORDER);
    c20.intoMemorySegment(ALL, to + 2 * ROW, ORDER);
    c21.intoMemorySegment(ALL, to + 2 * ROW + VECTOR, ORDER);
    c22.intoMemorySegment(ALL, to + 2 * ROW + 2 * VECTOR, ORDER);
    c23.intoMemorySegment(ALL, to + 2 * ROW + 3 * VECTOR, ORDER);
    c30.intoMemorySegment(ALL, to + 3 * ROW, ORDER);
    c31.intoMemorySegment(ALL, to + 3 * ROW + VECTOR, ORDER);
    c32.intoMemorySegment(ALL, to + 3 * ROW + 2 * VECTOR, ORDER);
    c33.intoMemorySegment(ALL, to + 3 * ROW + 3 * VECTOR, ORDER);
  }
}
