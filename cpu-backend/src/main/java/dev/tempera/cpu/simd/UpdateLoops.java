package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import jdk.incubator.vector.FloatVector;

/** Loops that add float32 numbers to others in place. */
public final class UpdateLoops {
  private UpdateLoops() {}

  /** Operand 0 ← operand 0 + scale · operand 1. */
  public static FlatLoop addScaled(float scale) {
    return (at, n) -> addScaled(at[0], at[1], n, scale);
  }

  /** Adds multiples of float32 numbers to others, as many as there are. */
  public static void addScaled(long updated, long direction, int elements, float scale) {
    long x = updated & MASK;
    long d = direction & MASK;
    FloatVector factor = FloatVector.broadcast(Lanes.FLOATS, scale);
    int whole = elements - elements % Lanes.COUNT;
    for (int i = 0; i < whole * Float.BYTES; i += Lanes.BYTES) {
      Lanes.store(Lanes.load(d + i).fma(factor, Lanes.load(x + i)), x + i);
    }
    for (int i = whole * Float.BYTES; i < elements * Float.BYTES; i += Float.BYTES) {
      ALL.set(JAVA_FLOAT_UNALIGNED, x + i, Math.fma(get(d + i), scale, get(x + i)));
    }
  }

  /** Operand 0 ← kept · operand 0 + scale · operand 1. */
  public static FlatLoop combine(float kept, float scale) {
    return (at, n) -> combine(at[0], at[1], n, kept, scale);
  }

  private static void combine(long updated, long direction, int elements, float kept, float scale) {
    long x = updated & MASK;
    long d = direction & MASK;
    FloatVector factor = FloatVector.broadcast(Lanes.FLOATS, scale);
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      Lanes.store(Lanes.load(d + i).fma(factor, Lanes.load(x + i).mul(kept)), x + i);
    }
  }

  /** Adds float32 numbers to others, as many as there are. */
  public static void add(long addends, long updated, int elements) {
    long a = addends & MASK;
    long x = updated & MASK;
    int whole = elements - elements % Lanes.COUNT;
    for (int i = 0; i < whole * Float.BYTES; i += Lanes.BYTES) {
      Lanes.store(Lanes.load(x + i).add(Lanes.load(a + i)), x + i);
    }
    for (int i = whole * Float.BYTES; i < elements * Float.BYTES; i += Float.BYTES) {
      ALL.set(JAVA_FLOAT_UNALIGNED, x + i, get(x + i) + get(a + i));
    }
  }

  private static float get(long address) {
    return ALL.get(JAVA_FLOAT_UNALIGNED, address);
  }
}
