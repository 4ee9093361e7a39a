package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import jdk.incubator.vector.DoubleVector;

/** Inner products of float32 vectors, in float64 throughout. */
public final class InnerProductLoops {
  /** Elements that are updated before they are multiplied: so many stay in the nearest cache. */
  private static final int BLOCK = 1 << 11;

  private InnerProductLoops() {}

  /** Σ aᵢ·bᵢ. */
  public static double dot(long left, long right, int elements) {
    long a = left & MASK;
    long b = right & MASK;
    int step = 4 * DoubleLanes.COUNT;
    int whole = elements - elements % step;
    DoubleVector s0 = DoubleVector.zero(DoubleLanes.DOUBLES);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    for (int i = 0; i < whole * Float.BYTES; i += step * Float.BYTES) {
      int i1 = i + DoubleLanes.FLOAT_BYTES;
      int i2 = i1 + DoubleLanes.FLOAT_BYTES;
      int i3 = i2 + DoubleLanes.FLOAT_BYTES;
      s0 = DoubleLanes.loadFloats(a + i).fma(DoubleLanes.loadFloats(b + i), s0);
      s1 = DoubleLanes.loadFloats(a + i1).fma(DoubleLanes.loadFloats(b + i1), s1);
      s2 = DoubleLanes.loadFloats(a + i2).fma(DoubleLanes.loadFloats(b + i2), s2);
      s3 = DoubleLanes.loadFloats(a + i3).fma(DoubleLanes.loadFloats(b + i3), s3);
    }
    double sum = 0;
    for (double lane : s0.add(s1).add(s2.add(s3)).toArray()) {
      sum += lane;
    }
    for (int i = whole * Float.BYTES; i < elements * Float.BYTES; i += Float.BYTES) {
      sum = Math.fma((double) get(a + i), (double) get(b + i), sum);
    }
    return sum;
  }

  /** updated ← updated + scale·direction, then Σ updatedᵢ·otherᵢ. */
  public static double addScaledDot(
      long updated, long direction, float scale, long other, int elements) {
    double sum = 0;
    for (int first = 0; first < elements; first += BLOCK) {
      int count = Math.min(BLOCK, elements - first);
      long offset = (long) first * Float.BYTES;
      UpdateLoops.addScaled(updated + offset, direction + offset, count, scale);
      sum += dot(updated + offset, other + offset, count);
    }
    return sum;
  }

  private static float get(long address) {
    return ALL.get(JAVA_FLOAT_UNALIGNED, address);
  }
}
