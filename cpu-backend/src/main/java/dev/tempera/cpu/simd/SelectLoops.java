package dev.tempera.cpu.simd;

import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Loops over float32 numbers that take elements as bits or bools say, and write such bits. */
public final class SelectLoops {
  private SelectLoops() {}

  /** Operand 0 holds bools; operand 3 gets elements of operand 1 where they are set, else of 2. */
  public static void where(long[] operands, int elements) {
    long condition = operands[0] & AddressSpace.MASK;
    long a = operands[1] & AddressSpace.MASK;
    long b = operands[2] & AddressSpace.MASK;
    long y = operands[3] & AddressSpace.MASK;
    for (int first = 0; first < elements; first += FlatLoop.GROUP) {
      long bits = BoolBytes.read(condition + first);
      for (int i = 0; i < FlatLoop.GROUP; i += Lanes.COUNT) {
        long offset = (long) (first + i) * Float.BYTES;
        FloatVector chosen =
            Lanes.load(b + offset).blend(Lanes.load(a + offset), lanes(bits >>> i));
        Lanes.store(chosen, y + offset);
      }
    }
  }

  /**
   * Operand 1 gets max(x, 0) for each x of operand 0, and operand 2 the bits of where x &gt; 0, as
   * {@link MaskBits} says.
   */
  public static void reluWithMask(long[] operands, int elements) {
    long x = operands[0] & AddressSpace.MASK;
    long y = operands[1] & AddressSpace.MASK;
    long mask = operands[2] & AddressSpace.MASK;
    for (int first = 0; first < elements; first += FlatLoop.GROUP) {
      long bits = 0;
      for (int i = 0; i < FlatLoop.GROUP; i += Lanes.COUNT) {
        long offset = (long) (first + i) * Float.BYTES;
        FloatVector v = Lanes.load(x + offset);
        Lanes.store(v.blend(0f, v.compare(VectorOperators.LE, 0f)), y + offset);
        bits |= v.compare(VectorOperators.GT, 0f).toLong() << i;
      }
      AddressSpace.ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, mask + first / Byte.SIZE, bits);
    }
  }

  /**
   * Operand 2 gets elements of operand 0 where the bits in operand 1 are set, as {@link MaskBits}
   * says, and 0 elsewhere.
   */
  public static void applyMask(long[] operands, int elements) {
    long x = operands[0] & AddressSpace.MASK;
    long mask = operands[1] & AddressSpace.MASK;
    long y = operands[2] & AddressSpace.MASK;
    FloatVector zero = FloatVector.zero(Lanes.FLOATS);
    for (int first = 0; first < elements; first += FlatLoop.GROUP) {
      long bits = AddressSpace.ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, mask + first / Byte.SIZE);
      for (int i = 0; i < FlatLoop.GROUP; i += Lanes.COUNT) {
        long offset = (long) (first + i) * Float.BYTES;
        Lanes.store(zero.blend(Lanes.load(x + offset), lanes(bits >>> i)), y + offset);
      }
    }
  }

  /** The lanes whose bit is set, counted from the lowest. */
  private static VectorMask<Float> lanes(long bits) {
    return VectorMask.fromLong(Lanes.FLOATS, bits);
  }
}
