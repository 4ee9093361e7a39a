package dev.tempera.cpu.simd;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import jdk.incubator.vector.DoubleVector;

/**
 * Loops that add up what means and variances are made of: float32 numbers less a pivot, and their
 * squares, in float64. With one of the numbers as the pivot, the squares stay small beside the
 * variance however far the mean lies from 0.
 */
public final class MomentLoops {
  private static final int STEP = 4 * DoubleLanes.FLOAT_BYTES;

  private MomentLoops() {}

  /** The float32 number at an address. */
  public static double pivot(long address) {
    return getFloat(address);
  }

  /**
   * Adds up neighbouring numbers.
   *
   * @param pivot address of the pivot, float32
   * @param sums address where Σ(x − pivot) and Σ(x − pivot)² are written, float64
   * @param lanes address of memory for two vectors
   */
  public static void run(long from, long count, long pivot, long sums, long lanes) {
    long x = from & AddressSpace.MASK;
    double centre = getFloat(pivot);
    DoubleVector p = DoubleVector.broadcast(DoubleLanes.DOUBLES, centre);
    DoubleVector sumA = DoubleVector.zero(DoubleLanes.DOUBLES);
    DoubleVector sumB = sumA;
    DoubleVector squareA = sumA;
    DoubleVector squareB = sumA;
    long end = x + count / (4L * DoubleLanes.COUNT) * STEP;
    for (; x < end; x = (x + STEP) & AddressSpace.MASK) {
      DoubleVector a = DoubleLanes.loadFloats(x).sub(p);
      DoubleVector b = DoubleLanes.loadFloats(x + DoubleLanes.FLOAT_BYTES).sub(p);
      DoubleVector c = DoubleLanes.loadFloats(x + 2L * DoubleLanes.FLOAT_BYTES).sub(p);
      DoubleVector d = DoubleLanes.loadFloats(x + 3L * DoubleLanes.FLOAT_BYTES).sub(p);
      sumA = sumA.add(a.add(b));
      sumB = sumB.add(c.add(d));
      squareA = b.fma(b, a.fma(a, squareA));
      squareB = d.fma(d, c.fma(c, squareB));
    }
    double sum = DoubleLanes.sum(sumA.add(sumB), lanes);
    double square = DoubleLanes.sum(squareA.add(squareB), lanes);
    for (long last = (from & AddressSpace.MASK) + count * Float.BYTES; x < last; x += Float.BYTES) {
      double centred = getFloat(x) - centre;
      sum += centred;
      square = Math.fma(centred, centred, square);
    }
    setDouble(sums, sum);
    setDouble(sums + Double.BYTES, square);
  }

  /**
   * Adds up the columns of rows.
   *
   * @param pivots address of a row of pivots, float32
   * @param sums address where a row of Σ(x − pivot) and then one of Σ(x − pivot)² is written
   */
  public static void columns(
      long from, int rows, long rowBytes, int columns, long pivots, long sums) {
    long squares = sums + (long) columns * Double.BYTES;
    int column = 0;
    for (; column <= columns - 2 * DoubleLanes.COUNT; column += 2 * DoubleLanes.COUNT) {
      long offset = (long) column * Float.BYTES;
      long target = (long) column * Double.BYTES;
      two(from + offset, rows, rowBytes, pivots + offset, sums + target, squares + target);
    }
    for (; column < columns; column++) {
      long x = from + (long) column * Float.BYTES;
      double centre = getFloat(pivots + (long) column * Float.BYTES);
      double sum = 0;
      double square = 0;
      for (int row = 0; row < rows; row++) {
        double centred = getFloat(x + row * rowBytes) - centre;
        sum += centred;
        square = Math.fma(centred, centred, square);
      }
      setDouble(sums + (long) column * Double.BYTES, sum);
      setDouble(squares + (long) column * Double.BYTES, square);
    }
  }

  /** Two vectors of columns. */
  private static void two(
      long from, int rows, long rowBytes, long pivots, long sums, long squares) {
    long x = from & AddressSpace.MASK;
    long p = pivots & AddressSpace.MASK;
    DoubleVector pivotA = DoubleLanes.loadFloats(p);
    DoubleVector pivotB = DoubleLanes.loadFloats(p + DoubleLanes.FLOAT_BYTES);
    DoubleVector sumA = DoubleVector.zero(DoubleLanes.DOUBLES);
    DoubleVector sumB = sumA;
    DoubleVector squareA = sumA;
    DoubleVector squareB = sumA;
    for (int row = 0; row < rows; row++) {
      DoubleVector a = DoubleLanes.loadFloats(x).sub(pivotA);
      DoubleVector b = DoubleLanes.loadFloats(x + DoubleLanes.FLOAT_BYTES).sub(pivotB);
      sumA = sumA.add(a);
      sumB = sumB.add(b);
      squareA = a.fma(a, squareA);
      squareB = b.fma(b, squareB);
      x = (x + rowBytes) & AddressSpace.MASK;
    }
    DoubleLanes.store(sumA, sums & AddressSpace.MASK);
    DoubleLanes.store(sumB, (sums & AddressSpace.MASK) + Lanes.BYTES);
    DoubleLanes.store(squareA, squares & AddressSpace.MASK);
    DoubleLanes.store(squareB, (squares & AddressSpace.MASK) + Lanes.BYTES);
  }

  private static float getFloat(long address) {
    return AddressSpace.ALL.get(JAVA_FLOAT_UNALIGNED, address & AddressSpace.MASK);
  }

  private static void setDouble(long address, double value) {
    AddressSpace.ALL.set(JAVA_DOUBLE_UNALIGNED, address & AddressSpace.MASK, value);
  }
}
