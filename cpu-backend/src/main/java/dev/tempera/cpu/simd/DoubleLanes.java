package dev.tempera.cpu.simd;

import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vectors of float64 as wide as those of {@link Lanes}, for float32 in memory: half as many lanes.
 */
final class DoubleLanes {
  /** The species of float64 vectors. */
  static final VectorSpecies<Double> DOUBLES =
      VectorSpecies.of(double.class, Lanes.FLOATS.vectorShape());

  /** How many lanes there are. */
  static final int COUNT = DOUBLES.length();

  /** How many bytes of float32 fill a vector. */
  static final int FLOAT_BYTES = COUNT * Float.BYTES;

  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(Lanes.FLOATS.vectorBitSize() / 2));

  private DoubleLanes() {}

  /** The float32 numbers at an address, widened. */
  static DoubleVector loadFloats(long address) {
    return widened(half(address));
  }

  /** As many float32 numbers at an address as a vector of float64 has lanes. */
  static FloatVector half(long address) {
    return FloatVector.fromMemorySegment(HALF, AddressSpace.ALL, address, AddressSpace.ORDER);
  }

  /** One float32 number in as many lanes. */
  static FloatVector halfOf(float number) {
    return FloatVector.broadcast(HALF, number);
  }

  /** The same numbers as float64. */
  static DoubleVector widened(FloatVector half) {
    return (DoubleVector) half.convertShape(VectorOperators.F2D, DOUBLES, 0);
  }

  /** Writes a vector as float32 numbers. */
  static void storeFloats(DoubleVector vector, long address) {
    ((FloatVector) vector.convertShape(VectorOperators.D2F, HALF, 0))
        .intoMemorySegment(AddressSpace.ALL, address, AddressSpace.ORDER);
  }

  /** Writes a vector as float64 numbers. */
  static void store(DoubleVector vector, long address) {
    vector.intoMemorySegment(AddressSpace.ALL, address, AddressSpace.ORDER);
  }

  /** The float64 numbers at an address. */
  static DoubleVector load(long address) {
    return DoubleVector.fromMemorySegment(DOUBLES, AddressSpace.ALL, address, AddressSpace.ORDER);
  }

  /**
   * The sum of the lanes, in their order.
   *
   * @param lanes address of memory for a vector
   */
  static double sum(DoubleVector vector, long lanes) {
    store(vector, lanes & AddressSpace.MASK);
    double sum = 0;
    for (int i = 0; i < COUNT; i++) {
      long place = (lanes + (long) i * Double.BYTES) & AddressSpace.MASK;
      sum += AddressSpace.ALL.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, place);
    }
    return sum;
  }
}
