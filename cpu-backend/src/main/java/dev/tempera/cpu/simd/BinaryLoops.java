package dev.tempera.cpu.simd;

import dev.tempera.backend.BinaryOp;
import java.lang.foreign.ValueLayout;

/**
 * The elementwise functions of two operands, in float32; operands 0 and 1 are read, 2 is written.
 */
public final class BinaryLoops {
  private BinaryLoops() {}

  /** The loop of a function. */
  public static FlatLoop of(BinaryOp op) {
    return switch (op) {
      case ADD -> (at, n) -> add(at[0], at[1], at[2], n);
      case SUBTRACT -> (at, n) -> subtract(at[0], at[1], at[2], n);
      case MULTIPLY -> (at, n) -> multiply(at[0], at[1], at[2], n);
      case DIVIDE -> (at, n) -> divide(at[0], at[1], at[2], n);
      case MAXIMUM -> (at, n) -> maximum(at[0], at[1], at[2], n);
      case MINIMUM -> (at, n) -> minimum(at[0], at[1], at[2], n);
      case POWER -> (at, n) -> power(at[0], at[1], at[2], n);
    };
  }

  private static void add(long left, long right, long to, int elements) {
    long a = left & AddressSpace.MASK;
    long b = right & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      Lanes.store(Lanes.load(a + i).add(Lanes.load(b + i)), y + i);
    }
  }

  private static void subtract(long left, long right, long to, int elements) {
    long a = left & AddressSpace.MASK;
    long b = right & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      Lanes.store(Lanes.load(a + i).sub(Lanes.load(b + i)), y + i);
    }
  }

  private static void multiply(long left, long right, long to, int elements) {
    long a = left & AddressSpace.MASK;
    long b = right & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      Lanes.store(Lanes.load(a + i).mul(Lanes.load(b + i)), y + i);
    }
  }

  private static void divide(long left, long right, long to, int elements) {
    long a = left & AddressSpace.MASK;
    long b = right & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      Lanes.store(Lanes.load(a + i).div(Lanes.load(b + i)), y + i);
    }
  }

  private static void maximum(long left, long right, long to, int elements) {
    long a = left & AddressSpace.MASK;
    long b = right & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      Lanes.store(Lanes.load(a + i).max(Lanes.load(b + i)), y + i);
    }
  }

  private static void minimum(long left, long right, long to, int elements) {
    long a = left & AddressSpace.MASK;
    long b = right & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      Lanes.store(Lanes.load(a + i).min(Lanes.load(b + i)), y + i);
    }
  }

  private static void power(long left, long right, long to, int elements) {
    for (int i = 0; i < elements * Float.BYTES; i += Float.BYTES) {
      float base = AddressSpace.ALL.get(ValueLayout.JAVA_FLOAT_UNALIGNED, left + i);
      float exponent = AddressSpace.ALL.get(ValueLayout.JAVA_FLOAT_UNALIGNED, right + i);
      AddressSpace.ALL.set(
          ValueLayout.JAVA_FLOAT_UNALIGNED, to + i, (float) Math.pow(base, exponent));
    }
  }
}
