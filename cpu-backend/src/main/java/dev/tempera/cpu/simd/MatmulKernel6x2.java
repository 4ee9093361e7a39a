package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static dev.tempera.cpu.simd.AddressSpace.ORDER;
import static dev.tempera.cpu.simd.Lanes.COUNT;
import static dev.tempera.cpu.simd.Lanes.FLOATS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import jdk.incubator.vector.FloatVector;

/** Six rows times two vectors of columns, for 16 vector registers. */
final class MatmulKernel6x2 {
  /** Rows of a tile. */
  static final int ROWS = 6;

  /** Columns of a tile. */
  static final int COLUMNS = 2 * COUNT;

  private static final long VECTOR = COUNT * (long) Float.BYTES;
  private static final long ROW = 2 * VECTOR;

  private MatmulKernel6x2() {}

  /** See {@link MatmulKernel#accumulate}. */
  static void accumulate(
      long a, long rowStride, long depthStride, long b, long start, long c, int depth) {
    long row1 = rowStride & MatmulKernel.STRIDE_MASK;
    long row2 = 2 * row1;
    long row3 = 3 * row1;
    long row4 = 4 * row1;
    long row5 = 5 * row1;
    long step = depthStride & MatmulKernel.STRIDE_MASK;
    FloatVector c00 = FloatVector.zero(FLOATS);
    FloatVector c01 = FloatVector.zero(FLOATS);
    FloatVector c10 = FloatVector.zero(FLOATS);
    FloatVector c11 = FloatVector.zero(FLOATS);
    FloatVector c20 = FloatVector.zero(FLOATS);
    FloatVector c21 = FloatVector.zero(FLOATS);
    FloatVector c30 = FloatVector.zero(FLOATS);
    FloatVector c31 = FloatVector.zero(FLOATS);
    FloatVector c40 = FloatVector.zero(FLOATS);
    FloatVector c41 = FloatVector.zero(FLOATS);
    FloatVector c50 = FloatVector.zero(FLOATS);
    FloatVector c51 = FloatVector.zero(FLOATS);
    for (int k = 0; k < depth; k++) {
      long left = (a + k * step) & MASK;
      long right = (b + k * ROW) & MASK;
      FloatVector b0 = FloatVector.fromMemorySegment(FLOATS, ALL, right, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(FLOATS, ALL, right + VECTOR, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, left));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, left + row1));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, left + row2));
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, left + row3));
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, left + row4));
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, left + row5));
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
    }
    long from = start & MASK;
    long to = c & MASK;
    c00.add(FloatVector.fromMemorySegment(FLOATS, ALL, from, ORDER))
        .intoMemorySegment(ALL, to, ORDER);
    c01.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + VECTOR, ORDER))
        .intoMemorySegment(ALL, to + VECTOR, ORDER);
    c10.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + ROW, ORDER))
        .intoMemorySegment(ALL, to + ROW, ORDER);
    c11.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + ROW + VECTOR, ORDER))
        .intoMemorySegment(ALL, to + ROW + VECTOR, ORDER);
    c20.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + 2 * ROW, ORDER))
        .intoMemorySegment(ALL, to + 2 * ROW, ORDER);
    c21.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + 2 * ROW + VECTOR, ORDER))
        .intoMemorySegment(ALL, to + 2 * ROW + VECTOR, ORDER);
    c30.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + 3 * ROW, ORDER))
        .intoMemorySegment(ALL, to + 3 * ROW, ORDER);
    c31.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + 3 * ROW + VECTOR, ORDER))
        .intoMemorySegment(ALL, to + 3 * ROW + VECTOR, ORDER);
    c40.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + 4 * ROW, ORDER))
        .intoMemorySegment(ALL, to + 4 * ROW, ORDER);
    c41.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + 4 * ROW + VECTOR, ORDER))
        .intoMemorySegment(ALL, to + 4 * ROW + VECTOR, ORDER);
    c50.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + 5 * ROW, ORDER))
        .intoMemorySegment(ALL, to + 5 * ROW, ORDER);
    c51.add(FloatVector.fromMemorySegment(FLOATS, ALL, from + 5 * ROW + VECTOR, ORDER))
        .intoMemorySegment(ALL, to + 5 * ROW + VECTOR, ORDER);
  }
}
