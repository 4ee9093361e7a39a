package dev.tempera.cpu.simd;

import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Sine and cosine of float32 numbers in radians: within 0.51 units in the last place.
 *
 * <p>Computed in float64: x = k·π/2 + r with |r| ≤ π/4, where π/2 has two parts, so that r stays
 * exact near multiples of π/2; then a minimax polynomial, of sine or cosine as the last bits of k
 * say. Vectors with an argument beyond 2³⁰ go to the scalar functions.
 */
final class TrigonometryLoops {
  /** 1.5·2⁵²: adding it rounds a number to an integer, which then stands in the low bits. */
  private static final double ROUNDER = 0x1.8p52;

  private static final double LARGEST = 0x1p30;
  private static final double TWO_OVER_PI = 2 / Math.PI;
  private static final double HALF_PI_HIGH = Math.PI / 2;
  private static final double HALF_PI_LOW = 0x1.1a62633145c07p-54;

  private TrigonometryLoops() {}

  /** y = sin x. */
  static void sin(long from, long to, int elements) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Float.BYTES; i += DoubleLanes.FLOAT_BYTES) {
      DoubleVector argument = DoubleLanes.loadFloats(x + i);
      if (argument.abs().compare(VectorOperators.GT, LARGEST).anyTrue()) {
        for (int lane = 0; lane < DoubleLanes.FLOAT_BYTES; lane += Float.BYTES) {
          setFloat(y + i + lane, Math.sin(getFloat(x + i + lane)));
        }
      } else {
        DoubleLanes.storeFloats(quarterWave(argument, 0), y + i);
      }
    }
  }

  /** y = cos x. */
  static void cos(long from, long to, int elements) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Float.BYTES; i += DoubleLanes.FLOAT_BYTES) {
      DoubleVector argument = DoubleLanes.loadFloats(x + i);
      if (argument.abs().compare(VectorOperators.GT, LARGEST).anyTrue()) {
        for (int lane = 0; lane < DoubleLanes.FLOAT_BYTES; lane += Float.BYTES) {
          setFloat(y + i + lane, Math.cos(getFloat(x + i + lane)));
        }
      } else {
        DoubleLanes.storeFloats(quarterWave(argument, 1), y + i);
      }
    }
  }

  /** sin(x + quarters·π/2). */
  private static DoubleVector quarterWave(DoubleVector x, int quarters) {
    DoubleVector shifted = x.fma(broadcast(TWO_OVER_PI), broadcast(ROUNDER));
    DoubleVector k = shifted.sub(ROUNDER);
    DoubleVector r = k.fma(broadcast(-HALF_PI_HIGH), x);
    r = k.fma(broadcast(-HALF_PI_LOW), r);
    DoubleVector z = r.mul(r);
    DoubleVector s = broadcast(0x1.7ccf12p-19).fma(z, broadcast(-0x1.a05ba8p-13));
    s = s.fma(z, broadcast(0x1.111176p-7));
    s = s.fma(z, broadcast(-0x1.555556p-3));
    s = s.mul(z).fma(r, r);
    DoubleVector c = broadcast(-0x1.371b94p-22).fma(z, broadcast(0x1.a075d6p-16));
    c = c.fma(z, broadcast(-0x1.6c1762p-10));
    c = c.fma(z, broadcast(0x1.555556p-5));
    c = c.fma(z, broadcast(-0.5));
    c = c.fma(z, broadcast(1));
    LongVector quadrant = shifted.reinterpretAsLongs().add(quarters);
    VectorMask<Double> isSine =
        quadrant.and(1).compare(VectorOperators.EQ, 0).cast(DoubleLanes.DOUBLES);
    LongVector sign = quadrant.and(2).lanewise(VectorOperators.LSHL, 62);
    return c.blend(s, isSine)
        .reinterpretAsLongs()
        .lanewise(VectorOperators.XOR, sign)
        .reinterpretAsDoubles();
  }

  private static DoubleVector broadcast(double value) {
    return DoubleVector.broadcast(DoubleLanes.DOUBLES, value);
  }

  private static float getFloat(long address) {
    return AddressSpace.ALL.get(ValueLayout.JAVA_FLOAT_UNALIGNED, address);
  }

  private static void setFloat(long address, double value) {
    AddressSpace.ALL.set(ValueLayout.JAVA_FLOAT_UNALIGNED, address, (float) value);
  }
}
