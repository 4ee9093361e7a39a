package dev.tempera.cpu.simd;

import dev.tempera.backend.ReduceOp;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/**
 * Loops that combine rows of float32 numbers element by element, in float64, so that rounding
 * errors of sums do not add up.
 */
public final class ReduceLoops {
  /** How many numbers one step of {@link #streams} reads: four vectors. */
  public static final int STREAMED = 4 * DoubleLanes.COUNT;

  /** How many numbers {@link #streams} writes: one vector. */
  public static final int STREAM_RESULTS = DoubleLanes.COUNT;

  private ReduceLoops() {}

  /** The result of no elements. */
  public static double identity(ReduceOp op) {
    return switch (op) {
      case SUM, MEAN -> 0;
      case PRODUCT -> 1;
      case MAX -> Double.NEGATIVE_INFINITY;
      case MIN -> Double.POSITIVE_INFINITY;
    };
  }

  private static double combine(ReduceOp op, double a, double b) {
    return switch (op) {
      case SUM, MEAN -> a + b;
      case PRODUCT -> a * b;
      case MAX -> Math.max(a, b);
      case MIN -> Math.min(a, b);
    };
  }

  /**
   * Combines rows of float32 numbers (means: adds them) and writes one row of float64. Four rows
   * are read at once, so that the processor fetches from four places.
   *
   * @param rowBytes from one row to the next
   * @param columns a multiple of {@link Lanes#COUNT}
   */
  public static void columns(
      ReduceOp op, long from, int rows, long rowBytes, int columns, long to) {
    clear(op, to, columns);
    int row = 0;
    for (; row <= rows - 4; row += 4) {
      switch (op) {
        case SUM, MEAN -> sumFourRows(from + row * rowBytes, rowBytes, columns, to);
        case PRODUCT -> productFourRows(from + row * rowBytes, rowBytes, columns, to);
        case MAX -> maxFourRows(from + row * rowBytes, rowBytes, columns, to);
        case MIN -> minFourRows(from + row * rowBytes, rowBytes, columns, to);
      }
    }
    into(op, from + row * rowBytes, rows - row, rowBytes, columns, to);
  }

  private static void sumFourRows(long from, long rowBytes, int columns, long to) {
    long a = from & AddressSpace.MASK;
    long b = (from + rowBytes) & AddressSpace.MASK;
    long c = (from + 2 * rowBytes) & AddressSpace.MASK;
    long d = (from + 3 * rowBytes) & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < columns * Float.BYTES; i += DoubleLanes.FLOAT_BYTES) {
      DoubleVector ab =
          DoubleLanes.load(y + 2L * i)
              .add(DoubleLanes.loadFloats(a + i))
              .add(DoubleLanes.loadFloats(b + i));
      DoubleVector abcd = ab.add(DoubleLanes.loadFloats(c + i)).add(DoubleLanes.loadFloats(d + i));
      DoubleLanes.store(abcd, y + 2L * i);
    }
  }

  private static void productFourRows(long from, long rowBytes, int columns, long to) {
    long a = from & AddressSpace.MASK;
    long b = (from + rowBytes) & AddressSpace.MASK;
    long c = (from + 2 * rowBytes) & AddressSpace.MASK;
    long d = (from + 3 * rowBytes) & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < columns * Float.BYTES; i += DoubleLanes.FLOAT_BYTES) {
      DoubleVector ab =
          DoubleLanes.load(y + 2L * i)
              .mul(DoubleLanes.loadFloats(a + i))
              .mul(DoubleLanes.loadFloats(b + i));
      DoubleVector abcd = ab.mul(DoubleLanes.loadFloats(c + i)).mul(DoubleLanes.loadFloats(d + i));
      DoubleLanes.store(abcd, y + 2L * i);
    }
  }

  private static void maxFourRows(long from, long rowBytes, int columns, long to) {
    long a = from & AddressSpace.MASK;
    long b = (from + rowBytes) & AddressSpace.MASK;
    long c = (from + 2 * rowBytes) & AddressSpace.MASK;
    long d = (from + 3 * rowBytes) & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < columns * Float.BYTES; i += DoubleLanes.FLOAT_BYTES) {
      FloatVector ab = DoubleLanes.half(a + i).max(DoubleLanes.half(b + i));
      FloatVector cd = DoubleLanes.half(c + i).max(DoubleLanes.half(d + i));
      DoubleVector abcd = DoubleLanes.widened(ab.max(cd));
      DoubleLanes.store(DoubleLanes.load(y + 2L * i).max(abcd), y + 2L * i);
    }
  }

  private static void minFourRows(long from, long rowBytes, int columns, long to) {
    long a = from & AddressSpace.MASK;
    long b = (from + rowBytes) & AddressSpace.MASK;
    long c = (from + 2 * rowBytes) & AddressSpace.MASK;
    long d = (from + 3 * rowBytes) & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    for (int i = 0; i < columns * Float.BYTES; i += DoubleLanes.FLOAT_BYTES) {
      FloatVector ab = DoubleLanes.half(a + i).min(DoubleLanes.half(b + i));
      FloatVector cd = DoubleLanes.half(c + i).min(DoubleLanes.half(d + i));
      DoubleVector abcd = DoubleLanes.widened(ab.min(cd));
      DoubleLanes.store(DoubleLanes.load(y + 2L * i).min(abcd), y + 2L * i);
    }
  }

  /**
   * Combines float32 numbers that lie side by side into {@link #STREAM_RESULTS} of float64: they
   * are cut into four streams of vectors, so that the processor fetches from four places.
   *
   * @param steps vectors of a stream; there are {@code steps · STREAMED} numbers
   */
  public static void streams(ReduceOp op, long from, int steps, long to) {
    switch (op) {
      case SUM, MEAN -> sumStreams(from, steps, to);
      case PRODUCT -> productStreams(from, steps, to);
      case MAX -> maxStreams(from, steps, to);
      case MIN -> minStreams(from, steps, to);
    }
  }

  private static void sumStreams(long from, int steps, long to) {
    long stream = (long) steps * DoubleLanes.FLOAT_BYTES;
    long x = from & AddressSpace.MASK;
    DoubleVector a = DoubleVector.zero(DoubleLanes.DOUBLES);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    for (int step = 0; step < steps; step++) {
      a = a.add(DoubleLanes.loadFloats(x));
      b = b.add(DoubleLanes.loadFloats((x + stream) & AddressSpace.MASK));
      c = c.add(DoubleLanes.loadFloats((x + 2 * stream) & AddressSpace.MASK));
      d = d.add(DoubleLanes.loadFloats((x + 3 * stream) & AddressSpace.MASK));
      x = (x + DoubleLanes.FLOAT_BYTES) & AddressSpace.MASK;
    }
    DoubleLanes.store(a.add(b).add(c.add(d)), to & AddressSpace.MASK);
  }

  private static void productStreams(long from, int steps, long to) {
    long stream = (long) steps * DoubleLanes.FLOAT_BYTES;
    long x = from & AddressSpace.MASK;
    DoubleVector a = DoubleVector.broadcast(DoubleLanes.DOUBLES, 1);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    for (int step = 0; step < steps; step++) {
      a = a.mul(DoubleLanes.loadFloats(x));
      b = b.mul(DoubleLanes.loadFloats((x + stream) & AddressSpace.MASK));
      c = c.mul(DoubleLanes.loadFloats((x + 2 * stream) & AddressSpace.MASK));
      d = d.mul(DoubleLanes.loadFloats((x + 3 * stream) & AddressSpace.MASK));
      x = (x + DoubleLanes.FLOAT_BYTES) & AddressSpace.MASK;
    }
    DoubleLanes.store(a.mul(b).mul(c.mul(d)), to & AddressSpace.MASK);
  }

  private static void maxStreams(long from, int steps, long to) {
    long stream = (long) steps * DoubleLanes.FLOAT_BYTES;
    long x = from & AddressSpace.MASK;
    FloatVector a = DoubleLanes.halfOf(Float.NEGATIVE_INFINITY);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    for (int step = 0; step < steps; step++) {
      a = a.max(DoubleLanes.half(x));
      b = b.max(DoubleLanes.half((x + stream) & AddressSpace.MASK));
      c = c.max(DoubleLanes.half((x + 2 * stream) & AddressSpace.MASK));
      d = d.max(DoubleLanes.half((x + 3 * stream) & AddressSpace.MASK));
      x = (x + DoubleLanes.FLOAT_BYTES) & AddressSpace.MASK;
    }
    DoubleLanes.store(DoubleLanes.widened(a.max(b).max(c.max(d))), to & AddressSpace.MASK);
  }

  private static void minStreams(long from, int steps, long to) {
    long stream = (long) steps * DoubleLanes.FLOAT_BYTES;
    long x = from & AddressSpace.MASK;
    FloatVector a = DoubleLanes.halfOf(Float.POSITIVE_INFINITY);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    for (int step = 0; step < steps; step++) {
      a = a.min(DoubleLanes.half(x));
      b = b.min(DoubleLanes.half((x + stream) & AddressSpace.MASK));
      c = c.min(DoubleLanes.half((x + 2 * stream) & AddressSpace.MASK));
      d = d.min(DoubleLanes.half((x + 3 * stream) & AddressSpace.MASK));
      x = (x + DoubleLanes.FLOAT_BYTES) & AddressSpace.MASK;
    }
    DoubleLanes.store(DoubleLanes.widened(a.min(b).min(c.min(d))), to & AddressSpace.MASK);
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
    foldColumns(op, from, rows, (long) columns * Double.BYTES, columns, to);
  }

  /**
   * Combines rows of float64 numbers into one row.
   *
   * @param rowBytes from one row to the next
   */
  public static void foldColumns(
      ReduceOp op, long from, int rows, long rowBytes, int columns, long to) {
    int whole = columns - columns % DoubleLanes.COUNT;
    for (int column = 0; column < whole; column += DoubleLanes.COUNT) {
      long offset = (long) column * Double.BYTES;
      foldVector(op, from + offset, rows, rowBytes, to + offset);
    }
    for (int column = whole; column < columns; column++) {
      long offset = (long) column * Double.BYTES;
      double total = identity(op);
      for (int row = 0; row < rows; row++) {
        total = combine(op, total, getDouble(from + offset + row * rowBytes));
      }
      setDouble(to + offset, total);
    }
  }

  private static void foldVector(ReduceOp op, long from, int rows, long rowBytes, long to) {
    DoubleVector total = DoubleVector.broadcast(DoubleLanes.DOUBLES, identity(op));
    for (int row = 0; row < rows; row++) {
      DoubleVector next = DoubleLanes.load((from + row * rowBytes) & AddressSpace.MASK);
      total =
          switch (op) {
            case SUM, MEAN -> total.add(next);
            case PRODUCT -> total.mul(next);
            case MAX -> total.max(next);
            case MIN -> total.min(next);
          };
    }
    DoubleLanes.store(total, to & AddressSpace.MASK);
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
