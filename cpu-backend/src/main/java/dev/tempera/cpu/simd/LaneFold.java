package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static dev.tempera.cpu.simd.AddressSpace.ORDER;
import static dev.tempera.cpu.simd.Lanes.COUNT;
import static dev.tempera.cpu.simd.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Adds the lanes of many vectors. As many vectors as there are lanes become one, in steps that each
 * halve their number: two vectors exchange halves, then quarters and so on, and are added. Every
 * lane works in every step, and the order of each sum is always the same.
 */
public final class LaneFold {
  private static final int HALF = COUNT / 2;
  private static final int QUARTER = COUNT / 4;
  private static final int EIGHTH = COUNT / 8;
  private static final int SIXTEENTH = COUNT / 16;
  private static final VectorMask<Float> UPPER_HALF = lanesWith(HALF);
  private static final VectorMask<Float> UPPER_QUARTERS = lanesWith(QUARTER);
  private static final VectorMask<Float> UPPER_EIGHTHS = lanesWith(EIGHTH);
  private static final VectorMask<Float> UPPER_SIXTEENTHS = lanesWith(SIXTEENTH);
  private static final VectorShuffle<Float> SWAP_HALVES = swap(HALF);
  private static final VectorShuffle<Float> SWAP_QUARTERS = swap(QUARTER);
  private static final VectorShuffle<Float> SWAP_EIGHTHS = swap(EIGHTH);
  private static final VectorShuffle<Float> SWAP_SIXTEENTHS = swap(SIXTEENTH);

  private LaneFold() {}

  private static VectorMask<Float> lanesWith(int bit) {
    long lanes = 0;
    for (int lane = 0; lane < COUNT; lane++) {
      lanes |= (lane & bit) == 0 ? 0 : 1L << lane;
    }
    return VectorMask.fromLong(FLOATS, lanes);
  }

  private static VectorShuffle<Float> swap(int bit) {
    return VectorShuffle.fromOp(FLOATS, lane -> lane ^ bit);
  }

  /**
   * Adds the lanes of each vector.
   *
   * @param vectors address of the vectors, whose content is lost
   * @param blocks how many times {@link Lanes#COUNT} vectors
   * @param sums address of the result, one number for each vector
   */
  public static void fold(long vectors, int blocks, long sums) {
    for (int block = 0; block < blocks; block++) {
      long place = vectors + block * ((long) COUNT * Lanes.BYTES);
      merge(place, HALF, UPPER_HALF, SWAP_HALVES);
      merge(place, QUARTER, UPPER_QUARTERS, SWAP_QUARTERS);
      if (COUNT >= 8) {
        merge(place, EIGHTH, UPPER_EIGHTHS, SWAP_EIGHTHS);
      }
      if (COUNT >= 16) {
        merge(place, SIXTEENTH, UPPER_SIXTEENTHS, SWAP_SIXTEENTHS);
      }
      FloatVector.fromMemorySegment(FLOATS, ALL, place & MASK, ORDER)
          .intoMemorySegment(ALL, (sums + block * (long) Lanes.BYTES) & MASK, ORDER);
    }
  }

  /** Adds each vector to the one that lies as many after it, each in its part of the lanes. */
  private static void merge(
      long vectors, int count, VectorMask<Float> upper, VectorShuffle<Float> swap) {
    for (int i = 0; i < count; i++) {
      long place = (vectors + i * (long) Lanes.BYTES) & MASK;
      long other = (vectors + (i + count) * (long) Lanes.BYTES) & MASK;
      FloatVector a = FloatVector.fromMemorySegment(FLOATS, ALL, place, ORDER);
      FloatVector b = FloatVector.fromMemorySegment(FLOATS, ALL, other, ORDER);
      a.blend(b, upper).add(b.blend(a, upper).rearrange(swap)).intoMemorySegment(ALL, place, ORDER);
    }
  }
}
