package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static dev.tempera.cpu.simd.AddressSpace.ORDER;
import static dev.tempera.cpu.simd.Lanes.COUNT;
import static dev.tempera.cpu.simd.Lanes.FLOATS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
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
    long bitStep = target.bitsStride() & MatmulKernel.STRIDE_MASK;
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
      VectorMask<Float> m00 = c00.compare(VectorOperators.LE, least);
      c00.blend(least, m00).intoMemorySegment(ALL, to, ORDER);
      VectorMask<Float> m01 = c01.compare(VectorOperators.LE, least);
      c01.blend(least, m01).intoMemorySegment(ALL, to + VECTOR, ORDER);
      VectorMask<Float> m10 = c10.compare(VectorOperators.LE, least);
      c10.blend(least, m10).intoMemorySegment(ALL, to + step, ORDER);
      VectorMask<Float> m11 = c11.compare(VectorOperators.LE, least);
      c11.blend(least, m11).intoMemorySegment(ALL, to + step + VECTOR, ORDER);
      VectorMask<Float> m20 = c20.compare(VectorOperators.LE, least);
      c20.blend(least, m20).intoMemorySegment(ALL, to + 2 * step, ORDER);
      VectorMask<Float> m21 = c21.compare(VectorOperators.LE, least);
      c21.blend(least, m21).intoMemorySegment(ALL, to + 2 * step + VECTOR, ORDER);
      VectorMask<Float> m30 = c30.compare(VectorOperators.LE, least);
      c30.blend(least, m30).intoMemorySegment(ALL, to + 3 * step, ORDER);
      VectorMask<Float> m31 = c31.compare(VectorOperators.LE, least);
      c31.blend(least, m31).intoMemorySegment(ALL, to + 3 * step + VECTOR, ORDER);
      VectorMask<Float> m40 = c40.compare(VectorOperators.LE, least);
      c40.blend(least, m40).intoMemorySegment(ALL, to + 4 * step, ORDER);
      VectorMask<Float> m41 = c41.compare(VectorOperators.LE, least);
      c41.blend(least, m41).intoMemorySegment(ALL, to + 4 * step + VECTOR, ORDER);
      VectorMask<Float> m50 = c50.compare(VectorOperators.LE, least);
      c50.blend(least, m50).intoMemorySegment(ALL, to + 5 * step, ORDER);
      VectorMask<Float> m51 = c51.compare(VectorOperators.LE, least);
      c51.blend(least, m51).intoMemorySegment(ALL, to + 5 * step + VECTOR, ORDER);
      if (target.bits() != 0) {
        long place = target.bits() + row * bitStep;
        long held0 = m00.toLong() | (m01.toLong() << COUNT);
        MaskBits.write(place, ROW / Float.BYTES, ~held0);
        long held1 = m10.toLong() | (m11.toLong() << COUNT);
        MaskBits.write(place + bitStep, ROW / Float.BYTES, ~held1);
        long held2 = m20.toLong() | (m21.toLong() << COUNT);
        MaskBits.write(place + 2 * bitStep, ROW / Float.BYTES, ~held2);
        long held3 = m30.toLong() | (m31.toLong() << COUNT);
        MaskBits.write(place + 3 * bitStep, ROW / Float.BYTES, ~held3);
        long held4 = m40.toLong() | (m41.toLong() << COUNT);
        MaskBits.write(place + 4 * bitStep, ROW / Float.BYTES, ~held4);
        long held5 = m50.toLong() | (m51.toLong() << COUNT);
        MaskBits.write(place + 5 * bitStep, ROW / Float.BYTES, ~held5);
      }
    }
  }
}
