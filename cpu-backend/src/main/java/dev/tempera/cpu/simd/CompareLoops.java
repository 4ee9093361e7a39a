package dev.tempera.cpu.simd;

import dev.tempera.backend.CompareOp;
import jdk.incubator.vector.VectorOperators;

/**
 * The elementwise comparisons of float32 numbers; operands 0 and 1 are read, one byte an element is
 * written to operand 2.
 */
public final class CompareLoops {
  private CompareLoops() {}

  /** The loop of a comparison. */
  public static FlatLoop of(CompareOp op) {
    return switch (op) {
      case EQUAL -> (at, n) -> equal(at[0], at[1], at[2], n);
      case NOT_EQUAL -> (at, n) -> notEqual(at[0], at[1], at[2], n);
      case LESS -> (at, n) -> less(at[0], at[1], at[2], n);
      case LESS_OR_EQUAL -> (at, n) -> lessOrEqual(at[0], at[1], at[2], n);
      case GREATER -> (at, n) -> less(at[1], at[0], at[2], n);
      case GREATER_OR_EQUAL -> (at, n) -> lessOrEqual(at[1], at[0], at[2], n);
    };
  }

  private static void equal(long left, long right, long to, int elements) {
    long a = left & AddressSpace.MASK;
    long b = right & AddressSpace.MASK;
    for (int first = 0; first < elements; first += FlatLoop.GROUP) {
      long bits = 0;
      for (int i = 0; i < FlatLoop.GROUP; i += Lanes.COUNT) {
        long offset = (long) (first + i) * Float.BYTES;
        bits |=
            Lanes.load(a + offset).compare(VectorOperators.EQ, Lanes.load(b + offset)).toLong()
                << i;
      }
      BoolBytes.write(bits, to + first);
    }
  }

  private static void notEqual(long left, long right, long to, int elements) {
    long a = left & AddressSpace.MASK;
    long b = right & AddressSpace.MASK;
    for (int first = 0; first < elements; first += FlatLoop.GROUP) {
      long bits = 0;
      for (int i = 0; i < FlatLoop.GROUP; i += Lanes.COUNT) {
        long offset = (long) (first + i) * Float.BYTES;
        bits |=
            Lanes.load(a + offset).compare(VectorOperators.NE, Lanes.load(b + offset)).toLong()
                << i;
      }
      BoolBytes.write(bits, to + first);
    }
  }

  private static void less(long left, long right, long to, int elements) {
    long a = left & AddressSpace.MASK;
    long b = right & AddressSpace.MASK;
    for (int first = 0; first < elements; first += FlatLoop.GROUP) {
      long bits = 0;
      for (int i = 0; i < FlatLoop.GROUP; i += Lanes.COUNT) {
        long offset = (long) (first + i) * Float.BYTES;
        bits |=
            Lanes.load(a + offset).compare(VectorOperators.LT, Lanes.load(b + offset)).toLong()
                << i;
      }
      BoolBytes.write(bits, to + first);
    }
  }

  private static void lessOrEqual(long left, long right, long to, int elements) {
    long a = left & AddressSpace.MASK;
    long b = right & AddressSpace.MASK;
    for (int first = 0; first < elements; first += FlatLoop.GROUP) {
      long bits = 0;
      for (int i = 0; i < FlatLoop.GROUP; i += Lanes.COUNT) {
        long offset = (long) (first + i) * Float.BYTES;
        bits |=
            Lanes.load(a + offset).compare(VectorOperators.LE, Lanes.load(b + offset)).toLong()
                << i;
      }
      BoolBytes.write(bits, to + first);
    }
  }
}
