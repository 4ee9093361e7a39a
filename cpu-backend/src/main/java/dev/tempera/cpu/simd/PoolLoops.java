package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static dev.tempera.cpu.simd.AddressSpace.ORDER;
import static dev.tempera.cpu.simd.Lanes.COUNT;
import static dev.tempera.cpu.simd.Lanes.FLOATS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Loops over the channels of one pixel that combine several others. Pixels are given by the
 * addresses of their first channels, of which there is at least one; places in a window are kept as
 * floats while they are compared.
 */
public final class PoolLoops {
  private PoolLoops() {}

  /**
   * The largest of several pixels, channel by channel, and which it is; the first where several
   * are, NaN before all.
   *
   * @param pixels their addresses, the first {@code count} of which are read
   * @param places what stands for each of them
   * @param value address of the result
   * @param place address of the places of the result, as floats
   */
  public static void largest(
      long[] pixels, float[] places, int count, int channels, long value, long place) {
    for (int c = 0; c < channels; c += COUNT) {
      VectorMask<Float> lanes = FLOATS.indexInRange(c, channels);
      FloatVector best = load(pixels[0] + c * 4L, lanes);
      FloatVector where = FloatVector.broadcast(FLOATS, places[0]);
      for (int i = 1; i < count; i++) {
        FloatVector candidate = load(pixels[i] + c * 4L, lanes);
        VectorMask<Float> wins =
            candidate
                .compare(VectorOperators.GT, best)
                .or(
                    candidate
                        .test(VectorOperators.IS_NAN)
                        .andNot(best.test(VectorOperators.IS_NAN)));
        best = best.blend(candidate, wins);
        where = where.blend(places[i], wins);
      }
      best.intoMemorySegment(ALL, (value + c * 4L) & MASK, ORDER, lanes);
      where.intoMemorySegment(ALL, (place + c * 4L) & MASK, ORDER, lanes);
    }
  }

  /**
   * Σ factorᵢ·pixelᵢ, channel by channel.
   *
   * @param target address of the result
   */
  public static void weightedSum(
      long[] pixels, float[] factors, int count, int channels, long target) {
    for (int c = 0; c < channels; c += COUNT) {
      VectorMask<Float> lanes = FLOATS.indexInRange(c, channels);
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int i = 0; i < count; i++) {
        sum = load(pixels[i] + c * 4L, lanes).fma(FloatVector.broadcast(FLOATS, factors[i]), sum);
      }
      sum.intoMemorySegment(ALL, (target + c * 4L) & MASK, ORDER, lanes);
    }
  }

  /**
   * The sum of those pixels whose place is a given one, channel by channel.
   *
   * @param places addresses of the pixels' places, as floats
   * @param wanted the place at which each pixel counts
   * @param target address of the result
   */
  public static void sumWhere(
      long[] pixels, long[] places, float[] wanted, int count, int channels, long target) {
    for (int c = 0; c < channels; c += COUNT) {
      VectorMask<Float> lanes = FLOATS.indexInRange(c, channels);
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int i = 0; i < count; i++) {
        VectorMask<Float> counts =
            load(places[i] + c * 4L, lanes).compare(VectorOperators.EQ, wanted[i]).and(lanes);
        sum = sum.add(load(pixels[i] + c * 4L, lanes), counts);
      }
      sum.intoMemorySegment(ALL, (target + c * 4L) & MASK, ORDER, lanes);
    }
  }

  private static FloatVector load(long address, VectorMask<Float> lanes) {
    return FloatVector.fromMemorySegment(FLOATS, ALL, address & MASK, ORDER, lanes);
  }

  /** Writes whole numbers from 0 to 255, given as floats, as bytes. */
  public static void narrow(long floats, long bytes, long count) {
    for (long i = 0; i < count; i++) {
      float value = ALL.get(JAVA_FLOAT_UNALIGNED, (floats + i * 4) & MASK);
      ALL.set(JAVA_BYTE, (bytes + i) & MASK, (byte) (int) value);
    }
  }

  /** Writes unsigned bytes as floats. */
  public static void widen(long bytes, long floats, long count) {
    for (long i = 0; i < count; i++) {
      int value = ALL.get(JAVA_BYTE, (bytes + i) & MASK) & 0xFF;
      ALL.set(JAVA_FLOAT_UNALIGNED, (floats + i * 4) & MASK, value);
    }
  }
}
