package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static dev.tempera.cpu.simd.AddressSpace.ORDER;
import static dev.tempera.cpu.simd.Lanes.FLOATS;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * The exponential function and its inverse, of float32 numbers.
 *
 * <p>The argument is reduced to a short interval, where a minimax polynomial (fitted to the
 * relative error, coefficients rounded to float32 one after another) does the rest. All steps are
 * exact, rounded once, or fused multiply-adds, so results are the same for every vector width.
 *
 * <p>The bodies are as long as the compiler inlines; hence no helpers in them.
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

  /** Numbers nearer to 0 are their own eˣ − 1. */
  private static final float NEGLIGIBLE = 0x1p-30f;

  /** The polynomial q of {@link #exp}, from the highest power down. */
  private static final float Q5 = 0x1.9e08c4p-13f;

  private static final float Q4 = 0x1.6d5278p-10f;
  private static final float Q3 = 0x1.11130cp-7f;
  private static final float Q2 = 0x1.5554e4p-5f;
  private static final float Q1 = 0x1.555554p-3f;
  private static final float Q0 = 0.5f;

  /** The polynomial p of {@link #log}, from the highest power down. */
  private static final float P8 = 0x1.147262p-4f;

  private static final float P7 = -0x1.de0114p-4f;
  private static final float P6 = 0x1.e6bfecp-4f;
  private static final float P5 = -0x1.fc28dap-4f;
  private static final float P4 = 0x1.233ba4p-3f;
  private static final float P3 = -0x1.555c44p-3f;
  private static final float P2 = 0x1.99a476p-3f;
  private static final float P1 = -0x1.000006p-2f;
  private static final float P0 = 0x1.555548p-2f;

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
      FloatVector power = powerLessOne(r).add(1f);
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

  /** eʳ − 1 = r + r²·q(r) for |r| ≤ ½·ln 2. */
  private static FloatVector powerLessOne(FloatVector r) {
    FloatVector q = r.fma(Q5, Q4);
    q = q.fma(r, FloatVector.broadcast(FLOATS, Q3));
    q = q.fma(r, FloatVector.broadcast(FLOATS, Q2));
    q = q.fma(r, FloatVector.broadcast(FLOATS, Q1));
    q = q.fma(r, FloatVector.broadcast(FLOATS, Q0));
    return q.mul(r).fma(r, r);
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
      FloatVector result = logarithm(e, f);
      result = result.blend(Float.NEGATIVE_INFINITY, argument.compare(EQ, 0f));
      result = result.blend(Float.NaN, argument.compare(LT, 0f));
      argument
          .blend(result, argument.compare(LE, Float.MAX_VALUE))
          .intoMemorySegment(ALL, y + i, ORDER);
    }
  }

  /** ln(2ᵉ·(1 + f)) = e·ln 2 + f − f²/2 + f³·p(f) for 1 + f in [√½, √2). */
  private static FloatVector logarithm(FloatVector e, FloatVector f) {
    FloatVector p = f.fma(P8, P7);
    p = p.fma(f, FloatVector.broadcast(FLOATS, P6));
    p = p.fma(f, FloatVector.broadcast(FLOATS, P5));
    p = p.fma(f, FloatVector.broadcast(FLOATS, P4));
    p = p.fma(f, FloatVector.broadcast(FLOATS, P3));
    p = p.fma(f, FloatVector.broadcast(FLOATS, P2));
    p = p.fma(f, FloatVector.broadcast(FLOATS, P1));
    p = p.fma(f, FloatVector.broadcast(FLOATS, P0));
    FloatVector square = f.mul(f);
    FloatVector tail = p.mul(f).fma(square, e.mul(LN_2_LOW)).sub(square.mul(0.5f));
    return e.fma(FloatVector.broadcast(FLOATS, LN_2_HIGH), f.add(tail));
  }

  /**
   * y = eˣ − 1, within 1.5 units in the last place. The two places may be the same.
   *
   * <p>With n and r as for {@link #exp}, 2ⁿ·(eʳ − 1) + (2ⁿ − 1); 2ⁿ as twice 2ⁿ⁻¹, so that it does
   * not overflow before the result does.
   */
  static void expm1(long from, long to, int elements) {
    long x = from & MASK;
    long y = to & MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector argument = FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER);
      FloatVector bounded = argument.blend(89f, argument.compare(GT, 89f));
      bounded = bounded.blend(-18f, bounded.compare(LT, -18f));
      FloatVector shifted = bounded.fma(LOG2_E, ROUNDER);
      FloatVector n = shifted.sub(ROUNDER);
      FloatVector r = n.fma(FloatVector.broadcast(FLOATS, -LN_2_HIGH), bounded);
      r = n.fma(FloatVector.broadcast(FLOATS, -LN_2_LOW), r);
      FloatVector power = powerLessOne(r);
      FloatVector half =
          shifted
              .reinterpretAsInts()
              .sub(ROUNDER_BITS)
              .add(EXPONENT_BIAS - 1)
              .lanewise(LSHL, SIGNIFICAND_BITS)
              .reinterpretAsFloats();
      FloatVector result = power.fma(half, half.sub(0.5f)).mul(2f);
      result
          .blend(argument, argument.abs().compare(LT, NEGLIGIBLE))
          .intoMemorySegment(ALL, y + i, ORDER);
    }
  }

  /**
   * y = ln(1 + x), within 1.5 units in the last place; −∞ at −1, NaN below. The two places may be
   * the same.
   *
   * <p>As {@link #log}, with e from the rounded 1 + x, but f = 2⁻ᵉ·x + (2⁻ᵉ − 1) from x itself; 2⁻ᵉ
   * in two factors, of which none is too small.
   */
  static void log1p(long from, long to, int elements) {
    long x = from & MASK;
    long y = to & MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector argument = FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER);
      IntVector bits = argument.add(1f).reinterpretAsInts();
      IntVector exponent =
          bits.sub(Float.floatToRawIntBits(ROOT_HALF)).lanewise(ASHR, SIGNIFICAND_BITS);
      FloatVector e = (FloatVector) exponent.convert(I2F, 0);
      IntVector halfBits = exponent.neg().lanewise(ASHR, 1);
      IntVector restBits = exponent.neg().sub(halfBits).add(EXPONENT_BIAS);
      halfBits = halfBits.add(EXPONENT_BIAS).lanewise(LSHL, SIGNIFICAND_BITS);
      FloatVector half = halfBits.reinterpretAsFloats();
      FloatVector rest = restBits.lanewise(LSHL, SIGNIFICAND_BITS).reinterpretAsFloats();
      FloatVector f = argument.mul(half).fma(rest, half.mul(rest).sub(1f));
      FloatVector result = logarithm(e, f);
      result = result.blend(Float.NEGATIVE_INFINITY, argument.compare(EQ, -1f));
      result = result.blend(Float.NaN, argument.compare(LT, -1f));
      VectorMask<Float> ordinary =
          argument.compare(LE, Float.MAX_VALUE).andNot(argument.compare(EQ, 0f));
      argument.blend(result, ordinary).intoMemorySegment(ALL, y + i, ORDER);
    }
  }
}
