package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static dev.tempera.cpu.simd.AddressSpace.ORDER;
import static dev.tempera.cpu.simd.Lanes.FLOATS;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The error function and what is made of it, of float32 numbers; the two places of a function
 * differ.
 *
 * <p>Its complement is e^(−t²)·c(t)/(1 + 2t) for t ≥ 0, where c is smooth and nearly 1 (Shepherd
 * and Laframboise, "Chebyshev approximation of (1 + 2x)·exp(x²)·erfc x in 0 ≤ x < ∞", 1981): a
 * minimax polynomial in (t − 3)/(t + 3). The functions take several passes, between which numbers
 * stay in the first-level cache.
 */
final class ErrorFunctionLoops {
  /** From here on the complement is 0 in float32, whatever the scale. */
  private static final float LARGEST = 20;

  private ErrorFunctionLoops() {}

  /**
   * y = erf x, within 1 unit in the last place: x + x·p(x²) where |x| &lt; 1, else 1 less the
   * complement, with the sign of x.
   */
  static void erf(long from, long to, int elements) {
    complement(from, to, elements, 1f, 1f);
    long x = from & MASK;
    long y = to & MASK;
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector argument = FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER);
      FloatVector far = one.sub(FloatVector.fromMemorySegment(FLOATS, ALL, y + i, ORDER));
      FloatVector magnitude = argument.abs();
      FloatVector z = magnitude.mul(magnitude);
      FloatVector p = z.fma(0x1.496a32p-14f, -0x1.a3f7p-11f);
      p = p.fma(z, FloatVector.broadcast(FLOATS, 0x1.5405b2p-8f));
      p = p.fma(z, FloatVector.broadcast(FLOATS, -0x1.b7f90ep-6f));
      p = p.fma(z, FloatVector.broadcast(FLOATS, 0x1.ce2cf8p-4f));
      p = p.fma(z, FloatVector.broadcast(FLOATS, -0x1.81273ep-2f));
      p = p.fma(z, FloatVector.broadcast(FLOATS, 0x1.06eba8p-3f));
      FloatVector near = p.fma(magnitude, magnitude);
      IntVector sign = argument.reinterpretAsInts().and(Integer.MIN_VALUE);
      near.blend(far, magnitude.compare(GE, 1f))
          .reinterpretAsInts()
          .or(sign)
          .reinterpretAsFloats()
          .intoMemorySegment(ALL, y + i, ORDER);
    }
  }

  /**
   * y = x·Φ(x), within 4.5 units in the last place where that is a normal number: Φ is half the
   * complement at |x|/√2, for positive x 1 less that.
   */
  static void gelu(long from, long to, int elements) {
    complement(from, to, elements, (float) Math.sqrt(0.5), 0.5f);
    long x = from & MASK;
    long y = to & MASK;
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector argument = FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER);
      FloatVector tail = FloatVector.fromMemorySegment(FLOATS, ALL, y + i, ORDER).mul(0.5f);
      FloatVector normal = tail.blend(one.sub(tail), argument.compare(GT, 0f));
      argument.mul(normal).intoMemorySegment(ALL, y + i, ORDER);
    }
  }

  /** y = 1 − erf(scale·|x|), given the square of the scale, which must be a power of two. */
  private static void complement(
      long from, long to, int elements, float scale, float squaredScale) {
    long x = from & MASK;
    long y = to & MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector magnitude = FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER).abs();
      magnitude.mul(magnitude).mul(-squaredScale).intoMemorySegment(ALL, y + i, ORDER);
    }
    ExponentialLoops.exp(to, to, elements);
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    FloatVector minusThree = FloatVector.broadcast(FLOATS, -3f);
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector magnitude = FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER).abs();
      FloatVector power = FloatVector.fromMemorySegment(FLOATS, ALL, y + i, ORDER);
      FloatVector bounded = magnitude.blend(LARGEST, magnitude.compare(GT, LARGEST));
      FloatVector rounding = bounded.fma(bounded, bounded.mul(bounded).neg()).mul(-squaredScale);
      power = rounding.fma(power, power);
      FloatVector t = bounded.mul(scale);
      FloatVector inverse = one.div(t.add(3f));
      FloatVector q = t.sub(3f).mul(inverse);
      FloatVector rest = q.neg().fma(t, q.add(1f).fma(minusThree, t));
      q = rest.fma(inverse, q);
      FloatVector c = q.fma(-0x1.e1f2p-13f, -0x1.6d18cep-11f);
      c = c.fma(q, FloatVector.broadcast(FLOATS, 0x1.087b14p-9f));
      c = c.fma(q, FloatVector.broadcast(FLOATS, 0x1.488228p-9f));
      c = c.fma(q, FloatVector.broadcast(FLOATS, -0x1.865948p-6f));
      c = c.fma(q, FloatVector.broadcast(FLOATS, 0x1.17cd68p-4f));
      c = c.fma(q, FloatVector.broadcast(FLOATS, -0x1.e88066p-4f));
      c = c.fma(q, FloatVector.broadcast(FLOATS, 0x1.09834cp-3f));
      c = c.fma(q, FloatVector.broadcast(FLOATS, -0x1.85a2fcp-5f));
      c = c.fma(q, FloatVector.broadcast(FLOATS, -0x1.15c084p-3f));
      c = c.fma(q, FloatVector.broadcast(FLOATS, 0x1.03148cp-2f));
      c = c.add(1f);
      c.mul(power).div(t.add(t).add(1f)).intoMemorySegment(ALL, y + i, ORDER);
    }
  }
}
