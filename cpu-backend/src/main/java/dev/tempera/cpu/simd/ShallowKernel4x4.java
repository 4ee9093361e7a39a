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
    long bitStep = target.bitsStride() & MatmulKernel.STRIDE_MASK;
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
      VectorMask<Float> m00 = c00.compare(VectorOperators.LE, least);
      c00.blend(least, m00).intoMemorySegment(ALL, to, ORDER);
      VectorMask<Float> m01 = c01.compare(VectorOperators.LE, least);
      c01.blend(least, m01).intoMemorySegment(ALL, to + VECTOR, ORDER);
      VectorMask<Float> m02 = c02.compare(VectorOperators.LE, least);
      c02.blend(least, m02).intoMemorySegment(ALL, to + 2 * VECTOR, ORDER);
      VectorMask<Float> m03 = c03.compare(VectorOperators.LE, least);
      c03.blend(least, m03).intoMemorySegment(ALL, to + 3 * VECTOR, ORDER);
      VectorMask<Float> m10 = c10.compare(VectorOperators.LE, least);
      c10.blend(least, m10).intoMemorySegment(ALL, to + step, ORDER);
      VectorMask<Float> m11 = c11.compare(VectorOperators.LE, least);
      c11.blend(least, m11).intoMemorySegment(ALL, to + step + VECTOR, ORDER);
      VectorMask<Float> m12 = c12.compare(VectorOperators.LE, least);
      c12.blend(least, m12).intoMemorySegment(ALL, to + step + 2 * VECTOR, ORDER);
      VectorMask<Float> m13 = c13.compare(VectorOperators.LE, least);
      c13.blend(least, m13).intoMemorySegment(ALL, to + step + 3 * VECTOR, ORDER);
      VectorMask<Float> m20 = c20.compare(VectorOperators.LE, least);
      c20.blend(least, m20).intoMemorySegment(ALL, to + 2 * step, ORDER);
      VectorMask<Float> m21 = c21.compare(VectorOperators.LE, least);
      c21.blend(least, m21).intoMemorySegment(ALL, to + 2 * step + VECTOR, ORDER);
      VectorMask<Float> m22 = c22.compare(VectorOperators.LE, least);
      c22.blend(least, m22).intoMemorySegment(ALL, to + 2 * step + 2 * VECTOR, ORDER);
      VectorMask<Float> m23 = c23.compare(VectorOperators.LE, least);
      c23.blend(least, m23).intoMemorySegment(ALL, to + 2 * step + 3 * VECTOR, ORDER);
      VectorMask<Float> m30 = c30.compare(VectorOperators.LE, least);
      c30.blend(least, m30).intoMemorySegment(ALL, to + 3 * step, ORDER);
      VectorMask<Float> m31 = c31.compare(VectorOperators.LE, least);
      c31.blend(least, m31).intoMemorySegment(ALL, to + 3 * step + VECTOR, ORDER);
      VectorMask<Float> m32 = c32.compare(VectorOperators.LE, least);
      c32.blend(least, m32).intoMemorySegment(ALL, to + 3 * step + 2 * VECTOR, ORDER);
      VectorMask<Float> m33 = c33.compare(VectorOperators.LE, least);
      c33.blend(least, m33).intoMemorySegment(ALL, to + 3 * step + 3 * VECTOR, ORDER);
      if (target.bits() != 0) {
        long place = target.bits() + row * bitStep;
        long held0 =
            m00.toLong()
                | (m01.toLong() << COUNT)
                | (m02.toLong() << (2 * COUNT))
                | (m03.toLong() << (3 * COUNT));
        MaskBits.write(place, ROW / Float.BYTES, ~held0);
        long held1 =
            m10.toLong()
                | (m11.toLong() << COUNT)
                | (m12.toLong() << (2 * COUNT))
                | (m13.toLong() << (3 * COUNT));
        MaskBits.write(place + bitStep, ROW / Float.BYTES, ~held1);
        long held2 =
            m20.toLong()
                | (m21.toLong() << COUNT)
                | (m22.toLong() << (2 * COUNT))
                | (m23.toLong() << (3 * COUNT));
        MaskBits.write(place + 2 * bitStep, ROW / Float.BYTES, ~held2);
        long held3 =
            m30.toLong()
                | (m31.toLong() << COUNT)
                | (m32.toLong() << (2 * COUNT))
                | (m33.toLong() << (3 * COUNT));
        MaskBits.write(place + 3 * bitStep, ROW / Float.BYTES, ~held3);
      }
    }
  }
}
