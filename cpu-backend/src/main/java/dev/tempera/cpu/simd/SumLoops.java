package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static dev.tempera.cpu.simd.AddressSpace.ORDER;
import static dev.tempera.cpu.simd.Lanes.COUNT;
import static dev.tempera.cpu.simd.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Adds parts of a reduction that were computed apart. */
public final class SumLoops {
  private SumLoops() {}

  /**
   * Writes the sums of rows, element by element, added in their order.
   *
   * @param rows address of the first row
   * @param stride bytes between rows
   * @param parts how many rows, at least 1
   * @param count elements of a row
   * @param target address of the result
   */
  public static void add(long rows, long stride, int parts, int count, long target) {
    int i = 0;
    for (; i < FLOATS.loopBound(count); i += COUNT) {
      FloatVector sum = FloatVector.fromMemorySegment(FLOATS, ALL, (rows + i * 4L) & MASK, ORDER);
      for (int part = 1; part < parts; part++) {
        long from = rows + part * stride + i * 4L;
        sum = sum.add(FloatVector.fromMemorySegment(FLOATS, ALL, from & MASK, ORDER));
      }
      sum.intoMemorySegment(ALL, (target + i * 4L) & MASK, ORDER);
    }
    if (i < count) {
      VectorMask<Float> tail = FLOATS.indexInRange(i, count);
      FloatVector sum =
          FloatVector.fromMemorySegment(FLOATS, ALL, (rows + i * 4L) & MASK, ORDER, tail);
      for (int part = 1; part < parts; part++) {
        long from = rows + part * stride + i * 4L;
        sum = sum.add(FloatVector.fromMemorySegment(FLOATS, ALL, from & MASK, ORDER, tail));
      }
      sum.intoMemorySegment(ALL, (target + i * 4L) & MASK, ORDER, tail);
    }
  }
}
