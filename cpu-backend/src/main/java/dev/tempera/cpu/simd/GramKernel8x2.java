package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static dev.tempera.cpu.simd.AddressSpace.ORDER;
import static dev.tempera.cpu.simd.Lanes.COUNT;
import static dev.tempera.cpu.simd.Lanes.FLOATS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import jdk.incubator.vector.FloatVector;

/** Eight rows times two vectors of columns, for 32 vector registers. */
final class GramKernel8x2 {
  /** Rows of a tile. */
  static final int ROWS = 8;

  private static final long VECTOR = COUNT * (long) Float.BYTES;
  private static final long ROW = 2 * VECTOR;

  private GramKernel8x2() {}

  /** See {@link GramKernel#accumulate}. */
  static void accumulate(long a, long b, long c, int depth) {
    long to = c & MASK;
    FloatVector c00 = FloatVector.fromMemorySegment(FLOATS, ALL, to, ORDER);
    FloatVector c01 = FloatVector.fromMemorySegment(FLOATS, ALL, to + VECTOR, ORDER);
    FloatVector c10 = FloatVector.fromMemorySegment(FLOATS, ALL, to + ROW, ORDER);
    FloatVector c11 = FloatVector.fromMemorySegment(FLOATS, ALL, to + ROW + VECTOR, ORDER);
    FloatVector c20 = FloatVector.fromMemorySegment(FLOATS, ALL, to + 2 * ROW, ORDER);
    FloatVector c21 = FloatVector.fromMemorySegment(FLOATS, ALL, to + 2 * ROW + VECTOR, ORDER);
    FloatVector c30 = FloatVector.fromMemorySegment(FLOATS, ALL, to + 3 * ROW, ORDER);
    FloatVector c31 = FloatVector.fromMemorySegment(FLOATS, ALL, to + 3 * ROW + VECTOR, ORDER);
    FloatVector c40 = FloatVector.fromMemorySegment(FLOATS, ALL, to + 4 * ROW, ORDER);
    FloatVector c41 = FloatVector.fromMemorySegment(FLOATS, ALL, to + 4 * ROW + VECTOR, ORDER);
    FloatVector c50 = FloatVector.fromMemorySegment(FLOATS, ALL, to + 5 * ROW, ORDER);
    FloatVector c51 = FloatVector.fromMemorySegment(FLOATS, ALL, to + 5 * ROW + VECTOR, ORDER);
    FloatVector c60 = FloatVector.fromMemorySegment(FLOATS, ALL, to + 6 * ROW, ORDER);
    FloatVector c61 = FloatVector.fromMemorySegment(FLOATS, ALL, to + 6 * ROW + VECTOR, ORDER);
    FloatVector c70 = FloatVector.fromMemorySegment(FLOATS, ALL, to + 7 * ROW, ORDER);
    FloatVector c71 = FloatVector.fromMemorySegment(FLOATS, ALL, to + 7 * ROW + VECTOR, ORDER);
    for (int k = 0; k < depth; k++) {
      long left = (a + k * ROW) & MASK;
      long right = (b + k * ROW) & MASK;
      FloatVector b0 = FloatVector.fromMemorySegment(FLOATS, ALL, right, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(FLOATS, ALL, right + VECTOR, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, left));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, left + 4));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, left + 8));
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, left + 12));
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, left + 16));
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, left + 20));
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      FloatVector a6 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, left + 24));
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      FloatVector a7 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, left + 28));
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
    }
    c00.intoMemorySegment(ALL, to, ORDER);
    c01.intoMemorySegment(ALL, to + VECTOR, ORDER);
    c10.intoMemorySegment(ALL, to + ROW, ORDER);
    c11.intoMemorySegment(ALL, to + ROW + VECTOR, ORDER);
    c20.intoMemorySegment(ALL, to + 2 * ROW, ORDER);
    c21.intoMemorySegment(ALL, to + 2 * ROW + VECTOR, ORDER);
    c30.intoMemorySegment(ALL, to + 3 * ROW, ORDER);
    c31.intoMemorySegment(ALL, to + 3 * ROW + VECTOR, ORDER);
    c40.intoMemorySegment(ALL, to + 4 * ROW, ORDER);
    c41.intoMemorySegment(ALL, to + 4 * ROW + VECTOR, ORDER);
    c50.intoMemorySegment(ALL, to + 5 * ROW, ORDER);
    c51.intoMemorySegment(ALL, to + 5 * ROW + VECTOR, ORDER);
    c60.intoMemorySegment(ALL, to + 6 * ROW, ORDER);
    c61.intoMemorySegment(ALL, to + 6 * ROW + VECTOR, ORDER);
    c70.intoMemorySegment(ALL, to + 7 * ROW, ORDER);
    c71.intoMemorySegment(ALL, to + 7 * ROW + VECTOR, ORDER);
  }
}
