package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static dev.tempera.cpu.simd.AddressSpace.ORDER;
import static dev.tempera.cpu.simd.Lanes.COUNT;
import static dev.tempera.cpu.simd.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Loops over the channels of neighbouring pixels of a result, each of which combines several pixels
 * of a source that lie around it in the same way. Places in a window are kept as floats while they
 * are compared.
 */
public final class PoolLoops {
  private PoolLoops() {}

  /**
   * Which pixels are combined, and where results go.
   *
   * @param pixels how many pixels the result has in this run
   * @param channels of a pixel
   * @param source address that the first pixel's offsets are counted from
   * @param sourceStep bytes from there to the next pixel's
   * @param target address of the first pixel of the result
   * @param targetStep bytes from there to the next
   */
  public record Run(
      int pixels, int channels, long source, long sourceStep, long target, long targetStep) {
    /** One pixel of the result, where addresses take the place of offsets. */
    public static Run single(int channels, long target) {
      return new Run(1, channels, 0, 0, target, 0);
    }
  }

  /**
   * The largest of several pixels, channel by channel, and which it is; the first where several
   * are, NaN before all.
   *
   * @param offsets of the combined pixels in bytes, the first {@code count} of which are read
   * @param places what stands for each of them
   * @param count at least 1
   * @param place address of the places of the result, as floats without gaps
   */
  public static void largest(Run run, long[] offsets, float[] places, int count, long place) {
    int channels = run.channels();
    for (int pixel = 0; pixel < run.pixels(); pixel++) {
      long from = run.source() + pixel * run.sourceStep();
      long value = run.target() + pixel * run.targetStep();
      long where = place + pixel * (channels * 4L);
      int c = 0;
      for (; c < FLOATS.loopBound(channels); c += COUNT) {
        FloatVector best = load(from + offsets[0] + c * 4L);
        FloatVector winner = FloatVector.broadcast(FLOATS, places[0]);
        for (int i = 1; i < count; i++) {
          FloatVector candidate = load(from + offsets[i] + c * 4L);
          VectorMask<Float> wins = wins(candidate, best);
          best = best.blend(candidate, wins);
          winner = winner.blend(places[i], wins);
        }
        best.intoMemorySegment(ALL, (value + c * 4L) & MASK, ORDER);
        winner.intoMemorySegment(ALL, (where + c * 4L) & MASK, ORDER);
      }
      if (c < channels) {
        VectorMask<Float> lanes = FLOATS.indexInRange(c, channels);
        FloatVector best = load(from + offsets[0] + c * 4L, lanes);
        FloatVector winner = FloatVector.broadcast(FLOATS, places[0]);
        for (int i = 1; i < count; i++) {
          FloatVector candidate = load(from + offsets[i] + c * 4L, lanes);
          VectorMask<Float> wins = wins(candidate, best);
          best = best.blend(candidate, wins);
          winner = winner.blend(places[i], wins);
        }
        best.intoMemorySegment(ALL, (value + c * 4L) & MASK, ORDER, lanes);
        winner.intoMemorySegment(ALL, (where + c * 4L) & MASK, ORDER, lanes);
      }
    }
  }

  /** Where a candidate is larger than the best so far, or the first NaN. */
  private static VectorMask<Float> wins(FloatVector candidate, FloatVector best) {
    VectorMask<Float> keeps = candidate.compare(VectorOperators.LE, best);
    return best.compare(VectorOperators.EQ, best).andNot(keeps);
  }

  /** Σ factorᵢ·pixelᵢ, channel by channel; see {@link #largest}. */
  public static void weightedSum(Run run, long[] offsets, float[] factors, int count) {
    int channels = run.channels();
    int done = count == 4 ? WindowOfFourLoops.weightedSum(run, offsets, factors) : 0;
    for (int pixel = 0; pixel < run.pixels() && done < channels; pixel++) {
      long from = run.source() + pixel * run.sourceStep();
      long to = run.target() + pixel * run.targetStep();
      int c = done;
      for (; c < FLOATS.loopBound(channels); c += COUNT) {
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int i = 0; i < count; i++) {
          FloatVector factor = FloatVector.broadcast(FLOATS, factors[i]);
          sum = load(from + offsets[i] + c * 4L).fma(factor, sum);
        }
        sum.intoMemorySegment(ALL, (to + c * 4L) & MASK, ORDER);
      }
      if (c < channels) {
        VectorMask<Float> lanes = FLOATS.indexInRange(c, channels);
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int i = 0; i < count; i++) {
          FloatVector factor = FloatVector.broadcast(FLOATS, factors[i]);
          sum = load(from + offsets[i] + c * 4L, lanes).fma(factor, sum);
        }
        sum.intoMemorySegment(ALL, (to + c * 4L) & MASK, ORDER, lanes);
      }
    }
  }

  /**
   * The sum of those pixels whose place is a given one, channel by channel; see {@link #largest}.
   *
   * @param places address of the places of the source's pixels, as floats, that the first pixel's
   *     offsets are counted from
   * @param placesStep bytes from there to the next pixel's
   * @param placeOffsets of the places of the combined pixels
   * @param wanted the place at which each pixel counts
   */
  public static void sumWhere(
      Run run,
      long[] offsets,
      long places,
      long placesStep,
      long[] placeOffsets,
      float[] wanted,
      int count) {
    int channels = run.channels();
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int pixel = 0; pixel < run.pixels(); pixel++) {
      long from = run.source() + pixel * run.sourceStep();
      long place = places + pixel * placesStep;
      long to = run.target() + pixel * run.targetStep();
      int c = 0;
      for (; c < FLOATS.loopBound(channels); c += COUNT) {
        FloatVector sum = zero;
        for (int i = 0; i < count; i++) {
          FloatVector found = load(place + placeOffsets[i] + c * 4L);
          VectorMask<Float> counts = found.compare(VectorOperators.EQ, wanted[i]);
          sum = sum.add(zero.blend(load(from + offsets[i] + c * 4L), counts));
        }
        sum.intoMemorySegment(ALL, (to + c * 4L) & MASK, ORDER);
      }
      if (c < channels) {
        VectorMask<Float> lanes = FLOATS.indexInRange(c, channels);
        FloatVector sum = zero;
        for (int i = 0; i < count; i++) {
          FloatVector found = load(place + placeOffsets[i] + c * 4L, lanes);
          VectorMask<Float> counts = found.compare(VectorOperators.EQ, wanted[i]);
          sum = sum.add(zero.blend(load(from + offsets[i] + c * 4L, lanes), counts));
        }
        sum.intoMemorySegment(ALL, (to + c * 4L) & MASK, ORDER, lanes);
      }
    }
  }

  private static FloatVector load(long address) {
    return FloatVector.fromMemorySegment(FLOATS, ALL, address & MASK, ORDER);
  }

  private static FloatVector load(long address, VectorMask<Float> lanes) {
    return FloatVector.fromMemorySegment(FLOATS, ALL, address & MASK, ORDER, lanes);
  }
}
