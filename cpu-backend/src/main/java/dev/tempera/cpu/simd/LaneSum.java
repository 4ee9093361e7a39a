package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.Lanes.COUNT;
import static dev.tempera.cpu.simd.Lanes.FLOATS;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * The sum of the lanes of a vector, in one order: halves are added until one lane is left. The
 * Vector API's own reduction may add in another order once it is compiled, and so give other bits.
 */
final class LaneSum {
  private static final VectorShuffle<Float> BY_HALF = rotation(COUNT / 2);
  private static final VectorShuffle<Float> BY_QUARTER = rotation(COUNT / 4);
  private static final VectorShuffle<Float> BY_EIGHTH = rotation(COUNT / 8);
  private static final VectorShuffle<Float> BY_SIXTEENTH = rotation(COUNT / 16);
  private static final VectorShuffle<Double> DOUBLES_BY_HALF = doubles(DoubleLanes.COUNT / 2);
  private static final VectorShuffle<Double> DOUBLES_BY_QUARTER = doubles(DoubleLanes.COUNT / 4);
  private static final VectorShuffle<Double> DOUBLES_BY_EIGHTH = doubles(DoubleLanes.COUNT / 8);

  private LaneSum() {}

  private static VectorShuffle<Double> doubles(int lanes) {
    return VectorShuffle.iota(DoubleLanes.DOUBLES, lanes, 1, true);
  }

  private static VectorShuffle<Float> rotation(int lanes) {
    return VectorShuffle.iota(FLOATS, lanes, 1, true);
  }

  /** The sum of four, eight or sixteen lanes. */
  static float of(FloatVector vector) {
    FloatVector sum = vector.add(vector.rearrange(BY_HALF));
    sum = sum.add(sum.rearrange(BY_QUARTER));
    if (COUNT >= 8) {
      sum = sum.add(sum.rearrange(BY_EIGHTH));
    }
    if (COUNT >= 16) {
      sum = sum.add(sum.rearrange(BY_SIXTEENTH));
    }
    return sum.lane(0);
  }

  /** The sum of two, four or eight lanes. */
  static double of(DoubleVector vector) {
    DoubleVector sum = vector.add(vector.rearrange(DOUBLES_BY_HALF));
    if (DoubleLanes.COUNT >= 4) {
      sum = sum.add(sum.rearrange(DOUBLES_BY_QUARTER));
    }
    if (DoubleLanes.COUNT >= 8) {
      sum = sum.add(sum.rearrange(DOUBLES_BY_EIGHTH));
    }
    return sum.lane(0);
  }
}
