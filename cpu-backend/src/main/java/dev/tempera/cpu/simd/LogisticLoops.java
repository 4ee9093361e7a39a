package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static dev.tempera.cpu.simd.AddressSpace.ORDER;
import static dev.tempera.cpu.simd.Lanes.FLOATS;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Functions made of the exponential function, of float32 numbers. They take several passes, between
 * which numbers stay in the first-level cache; the two places of a function differ.
 */
final class LogisticLoops {
  private static final float GELU_SCALE = (float) (2 * Math.sqrt(2 / Math.PI));
  private static final float GELU_CUBIC = (float) (2 * Math.sqrt(2 / Math.PI) * 0.044715);

  private LogisticLoops() {}

  /**
   * y = tanh x, within 1.5 units in the last place: an odd polynomial where |x| &lt; 0.625, else 1
   * − 2/(e^(2|x|) + 1) with the sign of x.
   */
  static void tanh(long from, long to, int elements) {
    scaledMagnitude(from, to, elements, 2f);
    ExponentialLoops.exp(to, to, elements);
    long x = from & MASK;
    long y = to & MASK;
    FloatVector two = FloatVector.broadcast(FLOATS, 2f);
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector argument = FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER);
      FloatVector power = FloatVector.fromMemorySegment(FLOATS, ALL, y + i, ORDER);
      FloatVector far = one.sub(two.div(power.add(1f)));
      FloatVector z = argument.mul(argument);
      FloatVector p = z.fma(0x1.1ace3ep-9f, -0x1.0c895ep-7f);
      p = p.fma(z, FloatVector.broadcast(FLOATS, 0x1.63ad18p-6f));
      p = p.fma(z, FloatVector.broadcast(FLOATS, -0x1.b9f22p-5f));
      p = p.fma(z, FloatVector.broadcast(FLOATS, 0x1.11107cp-3f));
      p = p.fma(z, FloatVector.broadcast(FLOATS, -0x1.555554p-2f));
      FloatVector magnitude = argument.abs();
      FloatVector near = p.mul(z).fma(magnitude, magnitude);
      FloatVector result = near.blend(far, magnitude.compare(GE, 0.625f));
      IntVector sign = argument.reinterpretAsInts().and(Integer.MIN_VALUE);
      result
          .reinterpretAsInts()
          .or(sign)
          .reinterpretAsFloats()
          .intoMemorySegment(ALL, y + i, ORDER);
    }
  }

  /**
   * y = 1/(1 + e⁻ˣ), within 2.5 units in the last place: with t = e^(−|x|), which does not
   * overflow, 1/(1 + t) or, for negative x, t/(1 + t).
   */
  static void sigmoid(long from, long to, int elements) {
    scaledMagnitude(from, to, elements, -1f);
    ExponentialLoops.exp(to, to, elements);
    long x = from & MASK;
    long y = to & MASK;
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector argument = FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER);
      FloatVector t = FloatVector.fromMemorySegment(FLOATS, ALL, y + i, ORDER);
      one.blend(t, argument.compare(LT, 0f)).div(t.add(1f)).intoMemorySegment(ALL, y + i, ORDER);
    }
  }

  /** y = factor·|x|. */
  private static void scaledMagnitude(long from, long to, int elements, float factor) {
    long x = from & MASK;
    long y = to & MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER)
          .abs()
          .mul(factor)
          .intoMemorySegment(ALL, y + i, ORDER);
    }
  }

  /**
   * y = x/(1 + e⁻ˣ), within 3 units in the last place where that is a normal number: x times the
   * sigmoid.
   */
  static void silu(long from, long to, int elements) {
    scaledMagnitude(from, to, elements, -1f);
    gate(from, to, elements);
  }

  /**
   * y = x/(1 + e⁻ᵘ) with u = 2·√(2/π)·(x + 0.044715·x³), which is half x times 1 plus the
   * hyperbolic tangent of u/2, without its cancellation; within 3 units in the last place where x ≥
   * −1, below within 3 + 4·|u|.
   */
  static void geluTanh(long from, long to, int elements) {
    long x = from & MASK;
    long y = to & MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector magnitude = FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER).abs();
      FloatVector slope = magnitude.mul(magnitude).fma(-GELU_CUBIC, -GELU_SCALE);
      slope.mul(magnitude).intoMemorySegment(ALL, y + i, ORDER);
    }
    gate(from, to, elements);
  }

  /** y = x/(1 + e^−|u|) where x ≥ 0, else x·e^−|u|/(1 + e^−|u|); −|u| stands in y before. */
  private static void gate(long from, long to, int elements) {
    ExponentialLoops.exp(to, to, elements);
    long x = from & MASK;
    long y = to & MASK;
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector argument = FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER);
      FloatVector t = FloatVector.fromMemorySegment(FLOATS, ALL, y + i, ORDER);
      FloatVector sigmoid = one.blend(t, argument.compare(LT, 0f)).div(t.add(1f));
      argument.mul(sigmoid).intoMemorySegment(ALL, y + i, ORDER);
    }
  }

  /** y = ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|), within 2 units in the last place. */
  static void softplus(long from, long to, int elements) {
    scaledMagnitude(from, to, elements, -1f);
    ExponentialLoops.exp(to, to, elements);
    ExponentialLoops.log1p(to, to, elements);
    long x = from & MASK;
    long y = to & MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector argument = FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER);
      FloatVector rest = FloatVector.fromMemorySegment(FLOATS, ALL, y + i, ORDER);
      rest.add(argument.max(0f)).intoMemorySegment(ALL, y + i, ORDER);
    }
  }

  /** y = scale·x where x > 0, else scale·alpha·(eˣ − 1), within 2 units in the last place. */
  static void exponentialLinear(long from, long to, int elements, float scale, float alpha) {
    ExponentialLoops.expm1(from, to, elements);
    long x = from & MASK;
    long y = to & MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector argument = FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER);
      FloatVector curve = FloatVector.fromMemorySegment(FLOATS, ALL, y + i, ORDER);
      curve
          .mul(alpha)
          .blend(argument, argument.compare(GT, 0f))
          .mul(scale)
          .intoMemorySegment(ALL, y + i, ORDER);
    }
  }
}
