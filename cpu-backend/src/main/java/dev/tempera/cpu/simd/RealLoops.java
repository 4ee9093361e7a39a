package dev.tempera.cpu.simd;

import dev.tempera.data.DType;
import dev.tempera.data.HalfFloats;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Conversions between float32 and the other floating types where the elements lie side by side:
 * whole vectors, with the bits that {@link HalfFloats} gives.
 *
 * <p>float16 is taken apart by integer arithmetic; numbers below its normal ones are rounded by
 * adding a power of two whose last bit has the weight of float16's smallest number.
 */
public final class RealLoops {
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, Lanes.FLOATS.vectorShape());
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(Lanes.FLOATS.vectorBitSize() / 2));

  private static final int ABSOLUTE = 0x7FFF_FFFF;
  private static final int SIGN = 0x8000_0000;
  private static final int INFINITY = 0x7F80_0000;
  private static final int QUIET = 0x0040_0000;

  /** float16's significand has so many bits fewer than float32's. */
  private static final int FEWER_BITS = 13;

  /** The difference of the exponents' biases, where float32 has its exponent. */
  private static final int BIAS = (127 - 15) << 23;

  /** float32 bits of 2^16, the first power of two too large for float16. */
  private static final int TOO_LARGE = (127 + 16) << 23;

  /** float32 bits of 2^−14, float16's smallest normal number. */
  private static final int SMALLEST_NORMAL = (127 - 14) << 23;

  private RealLoops() {}

  /** Converts some elements, from one address to another. */
  @FunctionalInterface
  public interface Loop {
    /**
     * Converts elements.
     *
     * @param count a multiple of {@link Lanes#COUNT}
     */
    void run(long from, long to, int count);
  }

  /** The loop from one type to another; null if there is none. */
  public static @Nullable Loop of(DType from, DType to) {
    return switch (from) {
      case FLOAT32 ->
          switch (to) {
            case FLOAT16 -> RealLoops::toFloat16;
            case BFLOAT16 -> RealLoops::toBfloat16;
            case FLOAT64 -> RealLoops::toFloat64;
            default -> null;
          };
      case FLOAT16 -> to == DType.FLOAT32 ? RealLoops::fromFloat16 : null;
      case BFLOAT16 -> to == DType.FLOAT32 ? RealLoops::fromBfloat16 : null;
      case FLOAT64 -> to == DType.FLOAT32 ? RealLoops::fromFloat64 : null;
      default -> null;
    };
  }

  private static void toFloat16(long from, long to, int count) {
    long source = from & AddressSpace.MASK;
    long target = to & AddressSpace.MASK;
    for (int i = 0; i < count; i += Lanes.COUNT) {
      IntVector bits = Lanes.load(source + (long) i * Float.BYTES).reinterpretAsInts();
      IntVector size = bits.and(ABSOLUTE);
      IntVector odd = size.lanewise(VectorOperators.LSHR, FEWER_BITS).and(1);
      IntVector normal = size.add(odd).add(0xFFF - BIAS).lanewise(VectorOperators.LSHR, FEWER_BITS);
      IntVector small =
          size.reinterpretAsFloats().add(0.5f).reinterpretAsInts().sub(Float.floatToIntBits(0.5f));
      IntVector payload = size.lanewise(VectorOperators.LSHR, FEWER_BITS).and(0x3FF);
      IntVector result =
          normal
              .blend(small, size.lt(SMALLEST_NORMAL))
              .blend(0x7C00, size.compare(VectorOperators.GE, TOO_LARGE))
              .blend(
                  payload.or(0x7C00 | HalfFloats.FLOAT16_QUIET),
                  size.compare(VectorOperators.GT, INFINITY))
              .or(bits.and(SIGN).lanewise(VectorOperators.LSHR, Short.SIZE));
      storeShorts(result, target + (long) i * Short.BYTES);
    }
  }

  private static void fromFloat16(long from, long to, int count) {
    long source = from & AddressSpace.MASK;
    long target = to & AddressSpace.MASK;
    float smallest = Float.intBitsToFloat(SMALLEST_NORMAL);
    for (int i = 0; i < count; i += Lanes.COUNT) {
      IntVector half = loadShorts(source + (long) i * Short.BYTES);
      IntVector size = half.and(0x7FFF);
      IntVector shifted = size.lanewise(VectorOperators.LSHL, FEWER_BITS);
      IntVector normal = shifted.add(BIAS);
      IntVector small =
          shifted.add(SMALLEST_NORMAL).reinterpretAsFloats().sub(smallest).reinterpretAsInts();
      VectorMask<Integer> isNaN = size.compare(VectorOperators.GT, 0x7C00);
      IntVector result =
          normal
              .blend(small, size.lt(0x0400))
              .blend(shifted.or(INFINITY), size.compare(VectorOperators.GE, 0x7C00))
              .lanewise(VectorOperators.OR, QUIET, isNaN)
              .or(half.and(0x8000).lanewise(VectorOperators.LSHL, Short.SIZE));
      Lanes.store(result.reinterpretAsFloats(), target + (long) i * Float.BYTES);
    }
  }

  private static void toBfloat16(long from, long to, int count) {
    long source = from & AddressSpace.MASK;
    long target = to & AddressSpace.MASK;
    for (int i = 0; i < count; i += Lanes.COUNT) {
      IntVector bits = Lanes.load(source + (long) i * Float.BYTES).reinterpretAsInts();
      IntVector upper = bits.lanewise(VectorOperators.LSHR, Short.SIZE);
      IntVector rounded =
          bits.add(upper.and(1)).add(0x7FFF).lanewise(VectorOperators.LSHR, Short.SIZE);
      VectorMask<Integer> isNaN = bits.and(ABSOLUTE).compare(VectorOperators.GT, INFINITY);
      IntVector result = rounded.blend(upper.or(HalfFloats.BFLOAT16_QUIET), isNaN);
      storeShorts(result, target + (long) i * Short.BYTES);
    }
  }

  private static void fromBfloat16(long from, long to, int count) {
    long source = from & AddressSpace.MASK;
    long target = to & AddressSpace.MASK;
    for (int i = 0; i < count; i += Lanes.COUNT) {
      IntVector half = loadShorts(source + (long) i * Short.BYTES);
      IntVector bits = half.lanewise(VectorOperators.LSHL, Short.SIZE);
      VectorMask<Integer> isNaN = bits.and(ABSOLUTE).compare(VectorOperators.GT, INFINITY);
      IntVector result = bits.lanewise(VectorOperators.OR, QUIET, isNaN);
      Lanes.store(result.reinterpretAsFloats(), target + (long) i * Float.BYTES);
    }
  }

  private static void toFloat64(long from, long to, int count) {
    long source = from & AddressSpace.MASK;
    long target = to & AddressSpace.MASK;
    for (int i = 0; i < count; i += DoubleLanes.COUNT) {
      DoubleVector wide = DoubleLanes.loadFloats(source + (long) i * Float.BYTES);
      DoubleLanes.store(wide, target + (long) i * Double.BYTES);
    }
  }

  private static void fromFloat64(long from, long to, int count) {
    long source = from & AddressSpace.MASK;
    long target = to & AddressSpace.MASK;
    for (int i = 0; i < count; i += DoubleLanes.COUNT) {
      DoubleVector wide = DoubleLanes.load(source + (long) i * Double.BYTES);
      DoubleLanes.storeFloats(wide, target + (long) i * Float.BYTES);
    }
  }

  private static IntVector loadShorts(long address) {
    return (IntVector)
        ShortVector.fromMemorySegment(SHORTS, AddressSpace.ALL, address, AddressSpace.ORDER)
            .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0);
  }

  private static void storeShorts(IntVector values, long address) {
    ((ShortVector) values.convertShape(VectorOperators.I2S, SHORTS, 0))
        .intoMemorySegment(AddressSpace.ALL, address, AddressSpace.ORDER);
  }
}
