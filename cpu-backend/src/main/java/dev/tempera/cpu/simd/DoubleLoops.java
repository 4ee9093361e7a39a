package dev.tempera.cpu.simd;

import dev.tempera.backend.BinaryOp;
import dev.tempera.backend.CompareOp;
import dev.tempera.backend.UnaryOp;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.DoubleVector;

/**
 * The elementwise functions of float64 numbers. Plain arithmetic runs on vectors; everything else
 * takes each value from the operation's own formula, so that it is exact to the last bit of {@link
 * Math}.
 */
public final class DoubleLoops {
  private DoubleLoops() {}

  /** The loop of a function of operand 0 with its parameters, written to operand 1. */
  public static FlatLoop of(UnaryOp op, double a, double b) {
    return switch (op) {
      case ADD_SCALAR -> (at, n) -> addScalar(at[0], at[1], n, a);
      case MULTIPLY_SCALAR -> (at, n) -> multiplyScalar(at[0], at[1], n, a);
      case SQUARE -> (at, n) -> multiply(at[0], at[0], at[1], n);
      default -> (at, n) -> each(op, at[0], at[1], n, a, b);
    };
  }

  /** The loop of a function of operands 0 and 1, written to operand 2. */
  public static FlatLoop of(BinaryOp op) {
    return switch (op) {
      case ADD -> (at, n) -> add(at[0], at[1], at[2], n);
      case SUBTRACT -> (at, n) -> subtract(at[0], at[1], at[2], n);
      case MULTIPLY -> (at, n) -> multiply(at[0], at[1], at[2], n);
      case DIVIDE -> (at, n) -> divide(at[0], at[1], at[2], n);
      default -> (at, n) -> each(op, at[0], at[1], at[2], n);
    };
  }

  /** The loop of a comparison of operands 0 and 1; one byte an element is written to operand 2. */
  public static FlatLoop of(CompareOp op) {
    return (at, n) -> {
      for (int i = 0; i < n; i++) {
        boolean holds = op.holds(get(at[0], i), get(at[1], i));
        setByte(at[2] + i, holds ? 1 : 0);
      }
    };
  }

  private static void each(UnaryOp op, long from, long to, int elements, double a, double b) {
    for (int i = 0; i < elements; i++) {
      set(to, i, op.at(get(from, i), a, b));
    }
  }

  private static void each(BinaryOp op, long left, long right, long to, int elements) {
    for (int i = 0; i < elements; i++) {
      set(to, i, op.at(get(left, i), get(right, i)));
    }
  }

  private static void addScalar(long from, long to, int elements, double addend) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Double.BYTES; i += Lanes.BYTES) {
      DoubleLanes.store(DoubleLanes.load(x + i).add(addend), y + i);
    }
  }

  private static void multiplyScalar(long from, long to, int elements, double factor) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Double.BYTES; i += Lanes.BYTES) {
      DoubleLanes.store(DoubleLanes.load(x + i).mul(factor), y + i);
    }
  }

  private static void add(long left, long right, long to, int elements) {
    long a = left & AddressSpace.MASK;
    long b = right & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Double.BYTES; i += Lanes.BYTES) {
      DoubleLanes.store(DoubleLanes.load(a + i).add(DoubleLanes.load(b + i)), y + i);
    }
  }

  private static void subtract(long left, long right, long to, int elements) {
    long a = left & AddressSpace.MASK;
    long b = right & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Double.BYTES; i += Lanes.BYTES) {
      DoubleLanes.store(DoubleLanes.load(a + i).sub(DoubleLanes.load(b + i)), y + i);
    }
  }

  private static void multiply(long left, long right, long to, int elements) {
    long a = left & AddressSpace.MASK;
    long b = right & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Double.BYTES; i += Lanes.BYTES) {
      DoubleLanes.store(DoubleLanes.load(a + i).mul(DoubleLanes.load(b + i)), y + i);
    }
  }

  private static void divide(long left, long right, long to, int elements) {
    long a = left & AddressSpace.MASK;
    long b = right & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < elements * Double.BYTES; i += Lanes.BYTES) {
      DoubleVector quotient = DoubleLanes.load(a + i).div(DoubleLanes.load(b + i));
      DoubleLanes.store(quotient, y + i);
    }
  }

  /** As {@link SelectLoops#where}. */
  public static void where(long[] operands, int elements) {
    for (int i = 0; i < elements; i++) {
      boolean first = AddressSpace.ALL.get(ValueLayout.JAVA_BYTE, operands[0] + i) != 0;
      set(operands[3], i, get(operands[first ? 1 : 2], i));
    }
  }

  /** As {@link SelectLoops#reluWithMask}. */
  public static void reluWithMask(long[] operands, int elements) {
    for (int first = 0; first < elements; first += FlatLoop.GROUP) {
      long bits = 0;
      for (int i = 0; i < FlatLoop.GROUP; i++) {
        double x = get(operands[0], first + i);
        set(operands[1], first + i, UnaryOp.RELU.at(x, 0, 0));
        bits |= x > 0 ? 1L << i : 0;
      }
      AddressSpace.ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, operands[2] + first / Byte.SIZE, bits);
    }
  }

  /** As {@link SelectLoops#applyMask}. */
  public static void applyMask(long[] operands, int elements) {
    for (int first = 0; first < elements; first += FlatLoop.GROUP) {
      long bits =
          AddressSpace.ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, operands[1] + first / Byte.SIZE);
      for (int i = 0; i < FlatLoop.GROUP; i++) {
        boolean passes = (bits >>> i & 1) != 0;
        set(operands[2], first + i, passes ? get(operands[0], first + i) : 0);
      }
    }
  }

  private static double get(long from, int index) {
    return AddressSpace.ALL.get(
        ValueLayout.JAVA_DOUBLE_UNALIGNED, from + (long) index * Double.BYTES);
  }

  private static void set(long to, int index, double value) {
    AddressSpace.ALL.set(
        ValueLayout.JAVA_DOUBLE_UNALIGNED, to + (long) index * Double.BYTES, value);
  }

  private static void setByte(long address, int value) {
    AddressSpace.ALL.set(ValueLayout.JAVA_BYTE, address, (byte) value);
  }
}
