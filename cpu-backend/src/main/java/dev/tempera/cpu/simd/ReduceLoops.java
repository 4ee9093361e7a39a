package dev.tempera.cpu.simd;

import dev.tempera.backend.ReduceOp;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.DoubleVector;

/**
 * Loops that combine rows of float32 numbers element by element, in float64, so that rounding
 * errors of sums do not add up.
 */
public final class ReduceLoops {
  private ReduceLoops() {}

  /** The result of no elements. */
  public static double identity(ReduceOp op) {
    return switch (op) {
      case SUM, MEAN -> 0;
      case MAX -> Double.NEGATIVE_INFINITY;
      case MIN -> Double.POSITIVE_INFINITY;
    };
  }

  private static double combine(ReduceOp op, double a, double b) {
    return switch (op) {
      case SUM, MEAN -> a + b;
      case MAX -> Math.max(a, b);
      case MIN -> Math.min(a, b);
    };
  }

  /**
   * Combines rows of float32 numbers (means: adds them) and writes one row of float64.
   *
   * @param rowBytes from one row to the next
   * @param columns a multiple of {@link Lanes#COUNT}
   */
  public static void columns(
      ReduceOp op, long from, int rows, long rowBytes, int columns, long to) {
    int column = 0;
    for (; column <= columns - 4 * DoubleLanes.COUNT; column += 4 * DoubleLanes.COUNT) {
      long x = from + (long) column * Float.BYTES;
      long y = to + (long) column * Double.BYTES;
      switch (op) {
        case SUM, MEAN -> sumFour(x, rows, rowBytes, y);
        case MAX -> maxFour(x, rows, rowBytes, y);
        case MIN -> minFour(x, rows, rowBytes, y);
      }
    }
    for (; column < columns; column += DoubleLanes.COUNT) {
      long x = from + (long) column * Float.BYTES;
      long y = to + (long) column * Double.BYTES;
      switch (op) {
        case SUM, MEAN -> sumOne(x, rows, rowBytes, y);
        case MAX -> maxOne(x, rows, rowBytes, y);
        case MIN -> minOne(x, rows, rowBytes, y);
      }
    }
  }

  private static void sumFour(long from, int rows, long rowBytes, long to) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    DoubleVector a = DoubleVector.broadcast(DoubleLanes.DOUBLES, 0);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    for (int row = 0; row < rows; row++) {
      a = a.add(DoubleLanes.loadFloats(x));
      b = b.add(DoubleLanes.loadFloats(x + DoubleLanes.FLOAT_BYTES));
      c = c.add(DoubleLanes.loadFloats(x + 2L * DoubleLanes.FLOAT_BYTES));
      d = d.add(DoubleLanes.loadFloats(x + 3L * DoubleLanes.FLOAT_BYTES));
      x = (x + rowBytes) & AddressSpace.MASK;
    }
    DoubleLanes.store(a, y);
    DoubleLanes.store(b, y + Lanes.BYTES);
    DoubleLanes.store(c, y + 2L * Lanes.BYTES);
    DoubleLanes.store(d, y + 3L * Lanes.BYTES);
  }

  private static void sumOne(long from, int rows, long rowBytes, long to) {
    long x = from & AddressSpace.MASK;
    DoubleVector a = DoubleVector.broadcast(DoubleLanes.DOUBLES, 0);
    for (int row = 0; row < rows; row++) {
      a = a.add(DoubleLanes.loadFloats(x));
      x = (x + rowBytes) & AddressSpace.MASK;
    }
    DoubleLanes.store(a, to & AddressSpace.MASK);
  }

  private static void maxFour(long from, int rows, long rowBytes, long to) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    DoubleVector a = DoubleVector.broadcast(DoubleLanes.DOUBLES, Double.NEGATIVE_INFINITY);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    for (int row = 0; row < rows; row++) {
      a = a.max(DoubleLanes.loadFloats(x));
      b = b.max(DoubleLanes.loadFloats(x + DoubleLanes.FLOAT_BYTES));
      c = c.max(DoubleLanes.loadFloats(x + 2L * DoubleLanes.FLOAT_BYTES));
      d = d.max(DoubleLanes.loadFloats(x + 3L * DoubleLanes.FLOAT_BYTES));
      x = (x + rowBytes) & AddressSpace.MASK;
    }
    DoubleLanes.store(a, y);
    DoubleLanes.store(b, y + Lanes.BYTES);
    DoubleLanes.store(c, y + 2L * Lanes.BYTES);
    DoubleLanes.store(d, y + 3L * Lanes.BYTES);
  }

  private static void maxOne(long from, int rows, long rowBytes, long to) {
    long x = from & AddressSpace.MASK;
    DoubleVector a = DoubleVector.broadcast(DoubleLanes.DOUBLES, Double.NEGATIVE_INFINITY);
    for (int row = 0; row < rows; row++) {
      a = a.max(DoubleLanes.loadFloats(x));
      x = (x + rowBytes) & AddressSpace.MASK;
    }
    DoubleLanes.store(a, to & AddressSpace.MASK);
  }

  private static void minFour(long from, int rows, long rowBytes, long to) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    DoubleVector a = DoubleVector.broadcast(DoubleLanes.DOUBLES, Double.POSITIVE_INFINITY);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    for (int row = 0; row < rows; row++) {
      a = a.min(DoubleLanes.loadFloats(x));
      b = b.min(DoubleLanes.loadFloats(x + DoubleLanes.FLOAT_BYTES));
      c = c.min(DoubleLanes.loadFloats(x + 2L * DoubleLanes.FLOAT_BYTES));
      d = d.min(DoubleLanes.loadFloats(x + 3L * DoubleLanes.FLOAT_BYTES));
      x = (x + rowBytes) & AddressSpace.MASK;
    }
    DoubleLanes.store(a, y);
    DoubleLanes.store(b, y + Lanes.BYTES);
    DoubleLanes.store(c, y + 2L * Lanes.BYTES);
    DoubleLanes.store(d, y + 3L * Lanes.BYTES);
  }

  private static void minOne(long from, int rows, long rowBytes, long to) {
    long x = from & AddressSpace.MASK;
    DoubleVector a = DoubleVector.broadcast(DoubleLanes.DOUBLES, Double.POSITIVE_INFINITY);
    for (int row = 0; row < rows; row++) {
      a = a.min(DoubleLanes.loadFloats(x));
      x = (x + rowBytes) & AddressSpace.MASK;
    }
    DoubleLanes.store(a, to & AddressSpace.MASK);
  }

  /** Combines rows of float32 numbers into a row of float64 that is there already. */
  public static void into(ReduceOp op, long from, int rows, long rowBytes, int columns, long to) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        long x = from + row * rowBytes + (long) column * Float.BYTES;
        long y = to + (long) column * Double.BYTES;
        setDouble(y, combine(op, getDouble(y), getFloat(x)));
      }
    }
  }

  /** As {@link #into}, of rows of float64 numbers. */
  public static void doublesInto(
      ReduceOp op, long from, int rows, long rowBytes, int columns, long to) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        long x = from + row * rowBytes + (long) column * Double.BYTES;
        long y = to + (long) column * Double.BYTES;
        setDouble(y, combine(op, getDouble(y), getDouble(x)));
      }
    }
  }

  /** Combines rows of float64 numbers, which lie one after another, into one row. */
  public static void fold(ReduceOp op, long from, int rows, int columns, long to) {
    for (int column = 0; column < columns; column++) {
      double total = identity(op);
      for (int row = 0; row < rows; row++) {
        total =
            combine(op, total, getDouble(from + ((long) row * columns + column) * Double.BYTES));
      }
      setDouble(to + (long) column * Double.BYTES, total);
    }
  }

  /** Sets numbers to the result of no elements. */
  public static void clear(ReduceOp op, long to, int count) {
    CopyLoops.fill(to, (long) count * Double.BYTES, Double.doubleToRawLongBits(identity(op)));
  }

  /** Writes float64 numbers divided by a number as float64. */
  public static void finishDoubles(long from, double divisor, long to, int count) {
    for (int i = 0; i < count; i++) {
      long offset = (long) i * Double.BYTES;
      setDouble(to + offset, getDouble(from + offset) / divisor);
    }
  }

  /** Writes float64 numbers divided by a number as float32. */
  public static void finish(long from, double divisor, long to, int count) {
    for (int i = 0; i < count; i++) {
      float value = (float) (getDouble(from + (long) i * Double.BYTES) / divisor);
      AddressSpace.ALL.set(ValueLayout.JAVA_FLOAT_UNALIGNED, to + (long) i * Float.BYTES, value);
    }
  }

  private static float getFloat(long address) {
    return AddressSpace.ALL.get(ValueLayout.JAVA_FLOAT_UNALIGNED, address);
  }

  private static double getDouble(long address) {
    return AddressSpace.ALL.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, address);
  }

  private static void setDouble(long address, double value) {
    AddressSpace.ALL.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, address, value);
  }
}
