package dev.tempera.cpu.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The vector shape that float32 loops use: the widest this processor has. */
public final class Lanes {
  /** The species of float32 vectors. */
  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  /** How many float32 a vector holds: 4 with 128 bits, 8 with 256, 16 with 512. */
  public static final int COUNT = FLOATS.length();

  /** How many bytes a vector holds. */
  public static final int BYTES = COUNT * Float.BYTES;

  private Lanes() {}

  /** The vector at an address, which need not be aligned. */
  static FloatVector load(long address) {
    return FloatVector.fromMemorySegment(FLOATS, AddressSpace.ALL, address, AddressSpace.ORDER);
  }

  /** Writes a vector to an address, which need not be aligned. */
  static void store(FloatVector vector, long address) {
    vector.intoMemorySegment(AddressSpace.ALL, address, AddressSpace.ORDER);
  }
}
