package dev.tempera.cpu.simd;

import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
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

  private static final float LARGEST = 0x1p30f;
  private static final double TWO_OVER_PI = 2 / Math.PI;
  private static final double HALF_PI_HIGH = Math.PI / 2;
  private static final double HALF_PI_LOW = 0x1.1a62633145c07p-54;

  private TrigonometryLoops() {}

  /** y = sin x. */
  static void sin(long from, long to, int elements) {
    wave(from, to, elements, 0);
    for (int i = nextLarge(from, 0, elements); i < elements; i = nextLarge(from, i + 1, elements)) {
      setFloat(to, i, Math.sin(getFloat(from, i)));
    }
  }

  /** y = cos x. */
  static void cos(long from, long to, int elements) {
    wave(from, to, elements, 1);
    for (int i = nextLarge(from, 0, elements); i < elements; i = nextLarge(from, i + 1, elements)) {
      setFloat(to, i, Math.cos(getFloat(from, i)));
    }
  }

  /** The index of the first argument from {@code start} on that is too large for {@link #wave}. */
  private static int nextLarge(long from, int start, int elements) {
    long x = from & AddressSpace.MASK;
    int i = start;
    while (i < elements) {
      boolean isWhole = i % Lanes.COUNT == 0;
      if (isWhole && !isAnyLarge(x + (long) i * Float.BYTES)) {
        i += Lanes.COUNT;
      } else if (Math.abs(getFloat(x, i)) > LARGEST) {
        return i;
      } else {
        i++;
      }
    }
    return elements;
  }

  private static boolean isAnyLarge(long address) {
    return Lanes.load(address).abs().compare(VectorOperators.GT, LARGEST).anyTrue();
  }

  /** y = sin(x + quarters·π/2). */
  private static void wave(long from, long to, int elements, int quarters) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Float.BYTES; i += DoubleLanes.FLOAT_BYTES) {
      DoubleLanes.storeFloats(wave(DoubleLanes.loadFloats(x + i), quarters), y + i);
    }
  }

  /** sin(x + quarters·π/2). */
  private static DoubleVector wave(DoubleVector x, int quarters) {
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
    LongVector cosineBits = quadrant.and(1).neg();
    LongVector wave =
        s.reinterpretAsLongs()
            .lanewise(VectorOperators.BITWISE_BLEND, c.reinterpretAsLongs(), cosineBits);
    LongVector sign = quadrant.and(2).lanewise(VectorOperators.LSHL, 62);
    return wave.lanewise(VectorOperators.XOR, sign).reinterpretAsDoubles();
  }

  private static DoubleVector broadcast(double value) {
    return DoubleVector.broadcast(DoubleLanes.DOUBLES, value);
  }

  private static float getFloat(long address, int index) {
    long place = (address + (long) index * Float.BYTES) & AddressSpace.MASK;
    return AddressSpace.ALL.get(ValueLayout.JAVA_FLOAT_UNALIGNED, place);
  }

  private static void setFloat(long address, int index, double value) {
    long place = (address + (long) index * Float.BYTES) & AddressSpace.MASK;
    AddressSpace.ALL.set(ValueLayout.JAVA_FLOAT_UNALIGNED, place, (float) value);
  }
}
