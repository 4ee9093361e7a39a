package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static dev.tempera.cpu.simd.AddressSpace.ORDER;
import static dev.tempera.cpu.simd.Lanes.FLOATS;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * The exponential function, its inverse and its relatives, of float32 numbers.
 *
 * <p>The argument is reduced to a short interval, where a minimax polynomial (fitted to the
 * relative error, coefficients rounded to float32 one after another) does the rest. All steps are
 * exact, rounded once, or fused multiply-adds, so results are the same for every vector width.
 *
 * <p>The bodies are as long as the compiler inlines; hence no helpers in them, and the relatives of
 * the exponential take several passes, between which numbers stay in the first-level cache.
 */
final class ExponentialLoops {
  /** 1.5·2²³: adding it rounds a small number to an integer, which then stands in the low bits. */
  private static final float ROUNDER = 0x1.8p23f;

  private static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);
  private static final int EXPONENT_BIAS = 127;
  private static final int SIGNIFICAND_BITS = 23;
  private static final float LOG2_E = 0x1.715476p0f;
  private static final float LN_2_HIGH = 0x1.62e4p-1f;
  private static final float LN_2_LOW = 0x1.7f7d1cp-20f;
  private static final float ROOT_HALF = 0x1.6a09e6p-1f;

  private ExponentialLoops() {}

  /**
   * y = eˣ, within 1 unit in the last place; 0 and infinity where those are the nearest. The two
   * places may be the same.
   *
   * <p>x = n·ln 2 + r with |r| ≤ ½·ln 2; eʳ = 1 + r + r²·q(r); times 2ⁿ in two factors, so that
   * tiny results are rounded once.
   */
  static void exp(long from, long to, int elements) {
    long x = from & MASK;
    long y = to & MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector argument = FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER);
      FloatVector bounded = argument.blend(89f, argument.compare(GT, 89f));
      bounded = bounded.blend(-104f, bounded.compare(LT, -104f));
      FloatVector shifted = bounded.fma(LOG2_E, ROUNDER);
      FloatVector n = shifted.sub(ROUNDER);
      FloatVector r = n.fma(FloatVector.broadcast(FLOATS, -LN_2_HIGH), bounded);
      r = n.fma(FloatVector.broadcast(FLOATS, -LN_2_LOW), r);
      FloatVector q = r.fma(0x1.9e08c4p-13f, 0x1.6d5278p-10f);
      q = q.fma(r, FloatVector.broadcast(FLOATS, 0x1.11130cp-7f));
      q = q.fma(r, FloatVector.broadcast(FLOATS, 0x1.5554e4p-5f));
      q = q.fma(r, FloatVector.broadcast(FLOATS, 0x1.555554p-3f));
      q = q.fma(r, FloatVector.broadcast(FLOATS, 0.5f));
      FloatVector power = q.mul(r).fma(r, r).add(1f);
      IntVector whole = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
      IntVector half = whole.lanewise(ASHR, 1);
      IntVector rest = whole.sub(half).add(EXPONENT_BIAS).lanewise(LSHL, SIGNIFICAND_BITS);
      half = half.add(EXPONENT_BIAS).lanewise(LSHL, SIGNIFICAND_BITS);
      power
          .mul(half.reinterpretAsFloats())
          .mul(rest.reinterpretAsFloats())
          .intoMemorySegment(ALL, y + i, ORDER);
    }
  }

  /**
   * y = ln x, within 1 unit in the last place; −∞ at 0, NaN below.
   *
   * <p>x = 2ᵉ·(1 + f) with 1 + f in [√½, √2); ln(1 + f) = f − f²/2 + f³·p(f).
   */
  static void log(long from, long to, int elements) {
    long x = from & MASK;
    long y = to & MASK;
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector argument = FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER);
      VectorMask<Float> subnormal = argument.compare(LT, Float.MIN_NORMAL);
      IntVector bits = argument.mul(one.blend(0x1p24f, subnormal)).reinterpretAsInts();
      IntVector exponent =
          bits.sub(Float.floatToRawIntBits(ROOT_HALF)).lanewise(ASHR, SIGNIFICAND_BITS);
      IntVector significand = bits.sub(exponent.lanewise(LSHL, SIGNIFICAND_BITS));
      FloatVector f = significand.reinterpretAsFloats().sub(1f);
      FloatVector e = (FloatVector) exponent.convert(I2F, 0);
      e = e.sub(zero.blend(24f, subnormal));
      FloatVector p = f.fma(0x1.147262p-4f, -0x1.de0114p-4f);
      p = p.fma(f, FloatVector.broadcast(FLOATS, 0x1.e6bfecp-4f));
      p = p.fma(f, FloatVector.broadcast(FLOATS, -0x1.fc28dap-4f));
      p = p.fma(f, FloatVector.broadcast(FLOATS, 0x1.233ba4p-3f));
      p = p.fma(f, FloatVector.broadcast(FLOATS, -0x1.555c44p-3f));
      p = p.fma(f, FloatVector.broadcast(FLOATS, 0x1.99a476p-3f));
      p = p.fma(f, FloatVector.broadcast(FLOATS, -0x1.000006p-2f));
      p = p.fma(f, FloatVector.broadcast(FLOATS, 0x1.555548p-2f));
      FloatVector square = f.mul(f);
      FloatVector tail = p.mul(f).fma(square, e.mul(LN_2_LOW)).sub(square.mul(0.5f));
      FloatVector result = e.fma(FloatVector.broadcast(FLOATS, LN_2_HIGH), f.add(tail));
      result = result.blend(Float.NEGATIVE_INFINITY, argument.compare(EQ, 0f));
      result = result.blend(Float.NaN, argument.compare(LT, 0f));
      argument
          .blend(result, argument.compare(LE, Float.MAX_VALUE))
          .intoMemorySegment(ALL, y + i, ORDER);
    }
  }

  /**
   * y = tanh x, within 1.5 units in the last place: an odd polynomial where |x| &lt; 0.625, else 1
   * − 2/(e^(2|x|) + 1) with the sign of x.
   */
  static void tanh(long from, long to, int elements) {
    scaledMagnitude(from, to, elements, 2f);
    exp(to, to, elements);
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
    exp(to, to, elements);
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
}
