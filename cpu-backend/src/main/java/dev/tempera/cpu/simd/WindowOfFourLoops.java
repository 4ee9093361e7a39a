package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static dev.tempera.cpu.simd.AddressSpace.ORDER;
import static dev.tempera.cpu.simd.Lanes.COUNT;
import static dev.tempera.cpu.simd.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Loops of average pooling, and of gradients of pooling, for windows of four pixels, over as many
 * channels as fill vectors. With the four written out, more of their cache lines are on the way at
 * once than with a loop over them.
 */
public final class WindowOfFourLoops {
  private WindowOfFourLoops() {}

  /** See {@link PoolLoops#weightedSum}; returns how many channels are done. */
  static int weightedSum(PoolLoops.Run run, long[] offsets, float[] factors) {
    int whole = FLOATS.loopBound(run.channels());
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector firstFactor = FloatVector.broadcast(FLOATS, factors[0]);
    FloatVector secondFactor = FloatVector.broadcast(FLOATS, factors[1]);
    FloatVector thirdFactor = FloatVector.broadcast(FLOATS, factors[2]);
    FloatVector fourthFactor = FloatVector.broadcast(FLOATS, factors[3]);
    for (int pixel = 0; pixel < run.pixels(); pixel++) {
      long from = run.source() + pixel * run.sourceStep();
      long first = from + offsets[0];
      long second = from + offsets[1];
      long third = from + offsets[2];
      long fourth = from + offsets[3];
      long to = run.target() + pixel * run.targetStep();
      for (int c = 0; c < whole; c += COUNT) {
        FloatVector sum = load(first + c * 4L).fma(firstFactor, zero);
        sum = load(second + c * 4L).fma(secondFactor, sum);
        sum = load(third + c * 4L).fma(thirdFactor, sum);
        store(load(fourth + c * 4L).fma(fourthFactor, sum), to + c * 4L);
      }
    }
    return whole;
  }

  /**
   * Gives a pixel's values to that one of its window's four pixels which each was taken from, and
   * zeros to the others.
   *
   * @param run from the pooled pixels to the first pixels of their windows; channels fill vectors
   * @param offsets of the pixels of a window from its first in bytes
   * @param places address of the places in the windows, 0 to 3, as floats without gaps
   */
  public static void spreadWhere(PoolLoops.Run run, long[] offsets, long places) {
    int channels = run.channels();
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int pixel = 0; pixel < run.pixels(); pixel++) {
      long from = run.source() + pixel * run.sourceStep();
      long where = places + pixel * (channels * 4L);
      long to = run.target() + pixel * run.targetStep();
      long first = to + offsets[0];
      long second = to + offsets[1];
      long third = to + offsets[2];
      long fourth = to + offsets[3];
      for (int c = 0; c < channels; c += COUNT) {
        FloatVector value = load(from + c * 4L).add(zero);
        FloatVector place = load(where + c * 4L);
        store(zero.blend(value, place.compare(VectorOperators.EQ, 0f)), first + c * 4L);
        store(zero.blend(value, place.compare(VectorOperators.EQ, 1f)), second + c * 4L);
        store(zero.blend(value, place.compare(VectorOperators.EQ, 2f)), third + c * 4L);
        store(zero.blend(value, place.compare(VectorOperators.EQ, 3f)), fourth + c * 4L);
      }
    }
  }

  /**
   * Gives a pixel's values times a factor to all four pixels of its window; see {@link
   * #spreadWhere}.
   */
  public static void spread(PoolLoops.Run run, long[] offsets, float factor) {
    int channels = run.channels();
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector factors = FloatVector.broadcast(FLOATS, factor);
    for (int pixel = 0; pixel < run.pixels(); pixel++) {
      long from = run.source() + pixel * run.sourceStep();
      long to = run.target() + pixel * run.targetStep();
      long first = to + offsets[0];
      long second = to + offsets[1];
      long third = to + offsets[2];
      long fourth = to + offsets[3];
      for (int c = 0; c < channels; c += COUNT) {
        FloatVector part = load(from + c * 4L).fma(factors, zero);
        store(part, first + c * 4L);
        store(part, second + c * 4L);
        store(part, third + c * 4L);
        store(part, fourth + c * 4L);
      }
    }
  }

  private static FloatVector load(long address) {
    return FloatVector.fromMemorySegment(FLOATS, ALL, address & MASK, ORDER);
  }

  private static void store(FloatVector vector, long address) {
    vector.intoMemorySegment(ALL, address & MASK, ORDER);
  }
}
