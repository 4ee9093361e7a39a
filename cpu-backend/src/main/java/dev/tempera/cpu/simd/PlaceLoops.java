package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static dev.tempera.cpu.simd.AddressSpace.ORDER;
import static dev.tempera.cpu.simd.Lanes.COUNT;
import static dev.tempera.cpu.simd.Lanes.FLOATS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Loops that turn places in a window, kept as floats, to bytes and back. */
public final class PlaceLoops {
  private static final int LEAST_BITS = 64;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());

  /** As many bytes as a vector has floats, if there are such vectors. */
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(LEAST_BITS, COUNT * Byte.SIZE)));

  private PlaceLoops() {}

  private static long whole(long count) {
    return BYTES.length() == COUNT ? count / COUNT * COUNT : 0;
  }

  /** Writes whole numbers from 0 to 255, given as floats, as bytes. */
  public static void narrow(long floats, long bytes, long count) {
    long i = 0;
    for (; i < whole(count); i += COUNT) {
      FloatVector value =
          FloatVector.fromMemorySegment(FLOATS, ALL, (floats + i * 4) & MASK, ORDER);
      IntVector number = (IntVector) value.convertShape(VectorOperators.F2I, INTS, 0);
      ByteVector narrow = (ByteVector) number.convertShape(VectorOperators.I2B, BYTES, 0);
      narrow.intoMemorySegment(ALL, (bytes + i) & MASK, ORDER);
    }
    for (; i < count; i++) {
      float value = ALL.get(JAVA_FLOAT_UNALIGNED, (floats + i * 4) & MASK);
      ALL.set(JAVA_BYTE, (bytes + i) & MASK, (byte) (int) value);
    }
  }

  /** Writes unsigned bytes as floats. */
  public static void widen(long bytes, long floats, long count) {
    long i = 0;
    for (; i < whole(count); i += COUNT) {
      ByteVector narrow = ByteVector.fromMemorySegment(BYTES, ALL, (bytes + i) & MASK, ORDER);
      IntVector number = (IntVector) narrow.convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
      FloatVector value = (FloatVector) number.convertShape(VectorOperators.I2F, FLOATS, 0);
      value.intoMemorySegment(ALL, (floats + i * 4) & MASK, ORDER);
    }
    for (; i < count; i++) {
      int value = ALL.get(JAVA_BYTE, (bytes + i) & MASK) & 0xFF;
      ALL.set(JAVA_FLOAT_UNALIGNED, (floats + i * 4) & MASK, value);
    }
  }
}
