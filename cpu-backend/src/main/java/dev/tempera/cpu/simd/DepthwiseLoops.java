package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static dev.tempera.cpu.simd.AddressSpace.ORDER;
import static dev.tempera.cpu.simd.Lanes.COUNT;
import static dev.tempera.cpu.simd.Lanes.FLOATS;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** The loops of convolutions in which every channel has a kernel of its own. */
public final class DepthwiseLoops {
  private DepthwiseLoops() {}

  /**
   * Adds one tap of the kernels to rows of sums: {@code sums[r, c] += source[r, c]·weights[c]}.
   *
   * @param sources address of a table of {@code rows} addresses of the channels of a pixel
   * @param count how many channels
   * @param weights address of the channels' weights of this tap
   * @param sums address of the first row of sums
   * @param panelWidth elements between rows of sums
   */
  public static void accumulate(
      long sources, int rows, int count, long weights, long sums, int panelWidth) {
    for (int i = 0; i < count; i += COUNT) {
      VectorMask<Float> lanes = FLOATS.indexInRange(i, count);
      FloatVector weight =
          FloatVector.fromMemorySegment(FLOATS, ALL, (weights + i * 4L) & MASK, ORDER, lanes);
      for (int row = 0; row < rows; row++) {
        long from = ALL.get(JAVA_LONG_UNALIGNED, (sources + row * 8L) & MASK) + i * 4L;
        long to = (sums + row * (panelWidth * 4L) + i * 4L) & MASK;
        FloatVector.fromMemorySegment(FLOATS, ALL, from & MASK, ORDER, lanes)
            .fma(weight, FloatVector.fromMemorySegment(FLOATS, ALL, to, ORDER, lanes))
            .intoMemorySegment(ALL, to, ORDER, lanes);
      }
    }
  }

  /**
   * Adds to the weight gradients of one tap: {@code sums[c] += Σ source[r, c]·gradient[r, c]}.
   *
   * @param sources address of a table of {@code rows} addresses of the channels of a pixel
   * @param count how many channels
   * @param gradient address of the first pixel's channels
   * @param gradientStride bytes between pixels
   * @param sums address of {@code count} sums
   */
  public static void accumulateProducts(
      long sources, int rows, int count, long gradient, long gradientStride, long sums) {
    for (int i = 0; i < count; i += COUNT) {
      VectorMask<Float> lanes = FLOATS.indexInRange(i, count);
      long to = (sums + i * 4L) & MASK;
      FloatVector even = FloatVector.fromMemorySegment(FLOATS, ALL, to, ORDER, lanes);
      FloatVector odd = FloatVector.zero(FLOATS);
      int row = 0;
      for (; row + 1 < rows; row += 2) {
        long table = (sources + row * 8L) & MASK;
        long first = ALL.get(JAVA_LONG_UNALIGNED, table) + i * 4L;
        long second = ALL.get(JAVA_LONG_UNALIGNED, table + 8) + i * 4L;
        long from = (gradient + row * gradientStride + i * 4L) & MASK;
        long next = (from + gradientStride) & MASK;
        even =
            FloatVector.fromMemorySegment(FLOATS, ALL, first & MASK, ORDER, lanes)
                .fma(FloatVector.fromMemorySegment(FLOATS, ALL, from, ORDER, lanes), even);
        odd =
            FloatVector.fromMemorySegment(FLOATS, ALL, second & MASK, ORDER, lanes)
                .fma(FloatVector.fromMemorySegment(FLOATS, ALL, next, ORDER, lanes), odd);
      }
      if (row < rows) {
        long first = ALL.get(JAVA_LONG_UNALIGNED, (sources + row * 8L) & MASK) + i * 4L;
        long from = (gradient + row * gradientStride + i * 4L) & MASK;
        even =
            FloatVector.fromMemorySegment(FLOATS, ALL, first & MASK, ORDER, lanes)
                .fma(FloatVector.fromMemorySegment(FLOATS, ALL, from, ORDER, lanes), even);
      }
      even.add(odd).intoMemorySegment(ALL, to, ORDER, lanes);
    }
  }
}
