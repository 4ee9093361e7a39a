package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static dev.tempera.cpu.simd.AddressSpace.ORDER;
import static dev.tempera.cpu.simd.Lanes.COUNT;
import static dev.tempera.cpu.simd.Lanes.FLOATS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Loops of softmax and its relatives over short rows of float32 numbers, with a row of parameters
 * beside them: the largest number, or the sum, that each element is related to. Sums are rows of
 * float64. Rows of parameters and buffers have room for {@link #WIDTH} elements.
 */
public final class SoftmaxLoops {
  /** The longest row. */
  public static final int WIDTH = 1 << 9;

  private SoftmaxLoops() {}

  private static FloatVector load(long address, VectorMask<Float> lanes) {
    return FloatVector.fromMemorySegment(FLOATS, ALL, address & MASK, ORDER, lanes);
  }

  private static void store(FloatVector vector, long address, VectorMask<Float> lanes) {
    vector.intoMemorySegment(ALL, address & MASK, ORDER, lanes);
  }

  /** Raises a row of largest numbers to those of another row; NaN counts as the largest. */
  public static void raise(long largest, long x, int count) {
    for (int i = 0; i < count; i += COUNT) {
      VectorMask<Float> lanes = FLOATS.indexInRange(i, count);
      FloatVector best = load(largest + i * 4L, lanes).max(load(x + i * 4L, lanes));
      store(best, largest + i * 4L, lanes);
    }
  }

  /** Writes the largest number of a row to all its places. */
  public static void raiseAll(long largest, int count) {
    FloatVector best = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < count; i += COUNT) {
      VectorMask<Float> lanes = FLOATS.indexInRange(i, count);
      best = best.lanewise(VectorOperators.MAX, load(largest + i * 4L, lanes), lanes);
    }
    RowLoops.fill(largest, count, best.reduceLanes(VectorOperators.MAX));
  }

  /**
   * Writes e^(x − level), then zeros up to a whole number of vectors.
   *
   * @param to a buffer
   */
  public static void powers(long x, long levels, int count, long to) {
    FloatVector nothing = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < count; i += COUNT) {
      VectorMask<Float> lanes = FLOATS.indexInRange(i, count);
      FloatVector shifted = load(x + i * 4L, lanes).sub(load(levels + i * 4L, lanes));
      Lanes.store(nothing.blend(shifted, lanes), (to + i * 4L) & MASK);
    }
    ExponentialLoops.exp(to, to, Math.ceilDiv(count, COUNT) * COUNT);
  }

  /** Adds a row to sums. */
  public static void add(long x, int count, long sums) {
    int i = 0;
    for (; i <= count - DoubleLanes.COUNT; i += DoubleLanes.COUNT) {
      long place = (sums + i * 8L) & MASK;
      DoubleVector term = DoubleLanes.loadFloats((x + i * 4L) & MASK);
      DoubleLanes.store(DoubleLanes.load(place).add(term), place);
    }
    for (; i < count; i++) {
      setSum(sums, i, sum(sums, i) + get(x, i));
    }
  }

  /** Adds the products of two rows to sums. */
  public static void addProducts(long a, long b, int count, long sums) {
    int i = 0;
    for (; i <= count - DoubleLanes.COUNT; i += DoubleLanes.COUNT) {
      long place = (sums + i * 8L) & MASK;
      DoubleVector left = DoubleLanes.loadFloats((a + i * 4L) & MASK);
      DoubleVector right = DoubleLanes.loadFloats((b + i * 4L) & MASK);
      DoubleLanes.store(left.fma(right, DoubleLanes.load(place)), place);
    }
    for (; i < count; i++) {
      setSum(sums, i, Math.fma((double) get(a, i), (double) get(b, i), sum(sums, i)));
    }
  }

  /** The total of a row of sums. */
  public static double total(long sums, int count) {
    DoubleVector vector = DoubleVector.zero(DoubleLanes.DOUBLES);
    int i = 0;
    for (; i <= count - DoubleLanes.COUNT; i += DoubleLanes.COUNT) {
      vector = vector.add(DoubleLanes.load((sums + i * 8L) & MASK));
    }
    double total = LaneSum.of(vector);
    for (; i < count; i++) {
      total += sum(sums, i);
    }
    return total;
  }

  /** One of a row of sums. */
  public static double sum(long sums, int place) {
    return ALL.get(JAVA_DOUBLE_UNALIGNED, (sums + place * 8L) & MASK);
  }

  private static void setSum(long sums, int place, double value) {
    ALL.set(JAVA_DOUBLE_UNALIGNED, (sums + place * 8L) & MASK, value);
  }

  /** One of a row of numbers. */
  public static float get(long row, int place) {
    return ALL.get(JAVA_FLOAT_UNALIGNED, (row + place * 4L) & MASK);
  }

  /** Sets one of a row of numbers. */
  public static void set(long row, int place, float value) {
    ALL.set(JAVA_FLOAT_UNALIGNED, (row + place * 4L) & MASK, value);
  }

  /** Writes x / divisor; the two places may be one. */
  public static void divide(long x, long divisors, int count, long to) {
    for (int i = 0; i < count; i += COUNT) {
      VectorMask<Float> lanes = FLOATS.indexInRange(i, count);
      store(load(x + i * 4L, lanes).div(load(divisors + i * 4L, lanes)), to + i * 4L, lanes);
    }
  }

  /** Writes (x − level) − logarithm. */
  public static void subtract(long x, long levels, long logarithms, int count, long to) {
    for (int i = 0; i < count; i += COUNT) {
      VectorMask<Float> lanes = FLOATS.indexInRange(i, count);
      FloatVector shifted = load(x + i * 4L, lanes).sub(load(levels + i * 4L, lanes));
      store(shifted.sub(load(logarithms + i * 4L, lanes)), to + i * 4L, lanes);
    }
  }

  /** Writes y·(g − mean). */
  public static void centre(long gradient, long y, long means, int count, long to) {
    for (int i = 0; i < count; i += COUNT) {
      VectorMask<Float> lanes = FLOATS.indexInRange(i, count);
      FloatVector centred = load(gradient + i * 4L, lanes).sub(load(means + i * 4L, lanes));
      store(centred.mul(load(y + i * 4L, lanes)), to + i * 4L, lanes);
    }
  }

  /** Writes g − probability·total. */
  public static void subtractShares(
      long gradient, long probabilities, long totals, int count, long to) {
    for (int i = 0; i < count; i += COUNT) {
      VectorMask<Float> lanes = FLOATS.indexInRange(i, count);
      FloatVector share = load(probabilities + i * 4L, lanes).mul(load(totals + i * 4L, lanes));
      store(load(gradient + i * 4L, lanes).sub(share), to + i * 4L, lanes);
    }
  }
}
