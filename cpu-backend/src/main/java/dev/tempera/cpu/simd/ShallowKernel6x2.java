package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static dev.tempera.cpu.simd.AddressSpace.ORDER;
import static dev.tempera.cpu.simd.Lanes.COUNT;
import static dev.tempera.cpu.simd.Lanes.FLOATS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Six rows times two vectors of columns, for 16 vector registers. */
final class ShallowKernel6x2 {
  /** Rows of a tile. */
  static final int ROWS = 6;

  private static final long VECTOR = COUNT * (long) Float.BYTES;
  private static final long ROW = 2 * VECTOR;

  private ShallowKernel6x2() {}

  /** See {@link ShallowKernel#multiply}. */
  static void multiply(
      long table,
      int segments,
      long rowStride,
      int depth,
      int rows,
      long b,
      long first,
      ShallowKernel.Target target) {
    long row1 = rowStride & MatmulKernel.STRIDE_MASK;
    long row2 = 2 * row1;
    long row3 = 3 * row1;
    long row4 = 4 * row1;
    long row5 = 5 * row1;
    long step = target.stride() & MatmulKernel.STRIDE_MASK;
    FloatVector least = FloatVector.broadcast(FLOATS, target.least());
    for (int row = 0; row < rows; row += ROWS) {
      long from = first & MASK;
      FloatVector c00 = FloatVector.fromMemorySegment(FLOATS, ALL, from, ORDER);
      FloatVector c01 = FloatVector.fromMemorySegment(FLOATS, ALL, from + VECTOR, ORDER);
      FloatVector c10 = c00;
      FloatVector c11 = c01;
      FloatVector c20 = c00;
      FloatVector c21 = c01;
      FloatVector c30 = c00;
      FloatVector c31 = c01;
      FloatVector c40 = c00;
      FloatVector c41 = c01;
      FloatVector c50 = c00;
      FloatVector c51 = c01;
      long right = b;
      for (int segment = 0; segment < segments; segment++) {
        long left = ALL.get(JAVA_LONG_UNALIGNED, (table + segment * 8L) & MASK) + row * row1;
        for (int k = 0; k < depth; k++) {
          long a = (left + k * 4L) & MASK;
          long panel = right & MASK;
          FloatVector b0 = FloatVector.fromMemorySegment(FLOATS, ALL, panel, ORDER);
          FloatVector b1 = FloatVector.fromMemorySegment(FLOATS, ALL, panel + VECTOR, ORDER);
          FloatVector a0 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, a));
          c00 = a0.fma(b0, c00);
          c01 = a0.fma(b1, c01);
          FloatVector a1 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, a + row1));
          c10 = a1.fma(b0, c10);
          c11 = a1.fma(b1, c11);
          FloatVector a2 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, a + row2));
          c20 = a2.fma(b0, c20);
          c21 = a2.fma(b1, c21);
          FloatVector a3 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, a + row3));
          c30 = a3.fma(b0, c30);
          c31 = a3.fma(b1, c31);
          FloatVector a4 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, a + row4));
          c40 = a4.fma(b0, c40);
          c41 = a4.fma(b1, c41);
          FloatVector a5 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, a + row5));
          c50 = a5.fma(b0, c50);
          c51 = a5.fma(b1, c51);
          right += ROW;
        }
      }
      long to = (target.address() + row * step) & MASK;
      c00.blend(least, c00.compare(VectorOperators.LE, least)).intoMemorySegment(ALL, to, ORDER);
      c01.blend(least, c01.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + VECTOR, ORDER);
      c10.blend(least, c10.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + step, ORDER);
      c11.blend(least, c11.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + step + VECTOR, ORDER);
      c20.blend(least, c20.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + 2 * step, ORDER);
      c21.blend(least, c21.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + 2 * step + VECTOR, ORDER);
      c30.blend(least, c30.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + 3 * step, ORDER);
      c31.blend(least, c31.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + 3 * step + VECTOR, ORDER);
      c40.blend(least, c40.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + 4 * step, ORDER);
      c41.blend(least, c41.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + 4 * step + VECTOR, ORDER);
      c50.blend(least, c50.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + 5 * step, ORDER);
      c51.blend(least, c51.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + 5 * step + VECTOR, ORDER);
    }
  }
}
