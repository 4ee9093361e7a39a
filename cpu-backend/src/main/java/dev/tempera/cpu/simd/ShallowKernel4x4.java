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

/** Four rows times four vectors of columns, for 32 vector registers. */
final class ShallowKernel4x4 {
  /** Rows of a tile. */
  static final int ROWS = 4;

  private static final long VECTOR = COUNT * (long) Float.BYTES;
  private static final long ROW = 4 * VECTOR;

  private ShallowKernel4x4() {}

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
    long step = target.stride() & MatmulKernel.STRIDE_MASK;
    FloatVector least = FloatVector.broadcast(FLOATS, target.least());
    for (int row = 0; row < rows; row += ROWS) {
      long from = first & MASK;
      FloatVector c00 = FloatVector.fromMemorySegment(FLOATS, ALL, from, ORDER);
      FloatVector c01 = FloatVector.fromMemorySegment(FLOATS, ALL, from + VECTOR, ORDER);
      FloatVector c02 = FloatVector.fromMemorySegment(FLOATS, ALL, from + 2 * VECTOR, ORDER);
      FloatVector c03 = FloatVector.fromMemorySegment(FLOATS, ALL, from + 3 * VECTOR, ORDER);
      FloatVector c10 = c00;
      FloatVector c11 = c01;
      FloatVector c12 = c02;
      FloatVector c13 = c03;
      FloatVector c20 = c00;
      FloatVector c21 = c01;
      FloatVector c22 = c02;
      FloatVector c23 = c03;
      FloatVector c30 = c00;
      FloatVector c31 = c01;
      FloatVector c32 = c02;
      FloatVector c33 = c03;
      long right = b;
      for (int segment = 0; segment < segments; segment++) {
        long left = ALL.get(JAVA_LONG_UNALIGNED, (table + segment * 8L) & MASK) + row * row1;
        for (int k = 0; k < depth; k++) {
          long a = (left + k * 4L) & MASK;
          long panel = right & MASK;
          FloatVector b0 = FloatVector.fromMemorySegment(FLOATS, ALL, panel, ORDER);
          FloatVector b1 = FloatVector.fromMemorySegment(FLOATS, ALL, panel + VECTOR, ORDER);
          FloatVector b2 = FloatVector.fromMemorySegment(FLOATS, ALL, panel + 2 * VECTOR, ORDER);
          FloatVector b3 = FloatVector.fromMemorySegment(FLOATS, ALL, panel + 3 * VECTOR, ORDER);
          FloatVector a0 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, a));
          c00 = a0.fma(b0, c00);
          c01 = a0.fma(b1, c01);
          c02 = a0.fma(b2, c02);
          c03 = a0.fma(b3, c03);
          FloatVector a1 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, a + row1));
          c10 = a1.fma(b0, c10);
          c11 = a1.fma(b1, c11);
          c12 = a1.fma(b2, c12);
          c13 = a1.fma(b3, c13);
          FloatVector a2 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, a + row2));
          c20 = a2.fma(b0, c20);
          c21 = a2.fma(b1, c21);
          c22 = a2.fma(b2, c22);
          c23 = a2.fma(b3, c23);
          FloatVector a3 = FloatVector.broadcast(FLOATS, ALL.get(JAVA_FLOAT_UNALIGNED, a + row3));
          c30 = a3.fma(b0, c30);
          c31 = a3.fma(b1, c31);
          c32 = a3.fma(b2, c32);
          c33 = a3.fma(b3, c33);
          right += ROW;
        }
      }
      long to = (target.address() + row * step) & MASK;
      c00.blend(least, c00.compare(VectorOperators.LE, least)).intoMemorySegment(ALL, to, ORDER);
      c01.blend(least, c01.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + VECTOR, ORDER);
      c02.blend(least, c02.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + 2 * VECTOR, ORDER);
      c03.blend(least, c03.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + 3 * VECTOR, ORDER);
      c10.blend(least, c10.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + step, ORDER);
      c11.blend(least, c11.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + step + VECTOR, ORDER);
      c12.blend(least, c12.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + step + 2 * VECTOR, ORDER);
      c13.blend(least, c13.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + step + 3 * VECTOR, ORDER);
      c20.blend(least, c20.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + 2 * step, ORDER);
      c21.blend(least, c21.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + 2 * step + VECTOR, ORDER);
      c22.blend(least, c22.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + 2 * step + 2 * VECTOR, ORDER);
      c23.blend(least, c23.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + 2 * step + 3 * VECTOR, ORDER);
      c30.blend(least, c30.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + 3 * step, ORDER);
      c31.blend(least, c31.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + 3 * step + VECTOR, ORDER);
      c32.blend(least, c32.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + 3 * step + 2 * VECTOR, ORDER);
      c33.blend(least, c33.compare(VectorOperators.LE, least))
          .intoMemorySegment(ALL, to + 3 * step + 3 * VECTOR, ORDER);
    }
  }
}
