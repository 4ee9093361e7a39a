package dev.tempera.cpu.simd;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import jdk.incubator.vector.DoubleVector;

/**
 * Loops that add up what the gradient of a normalisation is made of, in float64: the gradient g
 * passed back, and g·(x − mean).
 */
public final class NormGradientLoops {
  private static final int STEP = 2 * DoubleLanes.FLOAT_BYTES;

  private NormGradientLoops() {}

  /**
   * Adds up neighbouring elements of one mean.
   *
   * @param scales address of factors of g, float32; 0 for none
   * @param sums address where Σ g and Σ g·(x − mean) are written, float64
   * @param lanes address of memory for two vectors
   */
  public static void run(
      long gradient, long from, long count, long scales, double mean, long sums, long lanes) {
    long g = gradient & AddressSpace.MASK;
    long x = from & AddressSpace.MASK;
    long s = (scales == 0 ? gradient : scales) & AddressSpace.MASK;
    boolean isScaled = scales != 0;
    DoubleVector m = DoubleVector.broadcast(DoubleLanes.DOUBLES, mean);
    DoubleVector sumA = DoubleVector.zero(DoubleLanes.DOUBLES);
    DoubleVector sumB = sumA;
    DoubleVector productA = sumA;
    DoubleVector productB = sumA;
    long whole = count / (2L * DoubleLanes.COUNT) * STEP;
    for (long i = 0; i < whole; i += STEP) {
      DoubleVector a = DoubleLanes.loadFloats(g + i);
      DoubleVector b = DoubleLanes.loadFloats(g + i + DoubleLanes.FLOAT_BYTES);
      if (isScaled) {
        a = a.mul(DoubleLanes.loadFloats(s + i));
        b = b.mul(DoubleLanes.loadFloats(s + i + DoubleLanes.FLOAT_BYTES));
      }
      sumA = sumA.add(a);
      sumB = sumB.add(b);
      productA = a.fma(DoubleLanes.loadFloats(x + i).sub(m), productA);
      productB = b.fma(DoubleLanes.loadFloats(x + i + DoubleLanes.FLOAT_BYTES).sub(m), productB);
    }
    double sum = DoubleLanes.sum(sumA.add(sumB), lanes);
    double product = DoubleLanes.sum(productA.add(productB), lanes);
    for (long i = whole; i < count * Float.BYTES; i += Float.BYTES) {
      double slope = isScaled ? (double) getFloat(g + i) * getFloat(s + i) : getFloat(g + i);
      sum += slope;
      product = Math.fma(slope, getFloat(x + i) - mean, product);
    }
    setDouble(sums, sum);
    setDouble(sums + Double.BYTES, product);
  }

  /**
   * Adds up the columns of rows, each of which has a mean.
   *
   * @param means address of a row of means, float64
   * @param sums address where a row of Σ g and then one of Σ g·(x − mean) is written
   */
  public static void columns(
      long gradient, long from, int rows, long rowBytes, int columns, long means, long sums) {
    long products = sums + (long) columns * Double.BYTES;
    int column = 0;
    for (; column <= columns - 2 * DoubleLanes.COUNT; column += 2 * DoubleLanes.COUNT) {
      long offset = (long) column * Float.BYTES;
      long target = (long) column * Double.BYTES;
      two(
          gradient + offset,
          from + offset,
          rows,
          rowBytes,
          means + target,
          sums + target,
          products + target);
    }
    for (; column < columns; column++) {
      long offset = (long) column * Float.BYTES;
      double mean = getDouble(means + (long) column * Double.BYTES);
      double sum = 0;
      double product = 0;
      for (int row = 0; row < rows; row++) {
        double slope = getFloat(gradient + offset + row * rowBytes);
        sum += slope;
        product = Math.fma(slope, getFloat(from + offset + row * rowBytes) - mean, product);
      }
      setDouble(sums + (long) column * Double.BYTES, sum);
      setDouble(products + (long) column * Double.BYTES, product);
    }
  }

  /**
   * Adds up the columns of rows that have a mean and a factor r each: Σ g and Σ g·(x − mean)·r.
   *
   * @param moments address of a mean and a factor for each row, float64
   * @param sums address where a row of Σ g and then one of Σ g·(x − mean)·r is written
   */
  public static void columnsOfRows(
      long gradient, long from, int rows, long rowBytes, int columns, long moments, long sums) {
    long products = sums + (long) columns * Double.BYTES;
    int column = 0;
    for (; column <= columns - 2 * DoubleLanes.COUNT; column += 2 * DoubleLanes.COUNT) {
      long offset = (long) column * Float.BYTES;
      long target = (long) column * Double.BYTES;
      twoOfRows(
          gradient + offset,
          from + offset,
          rows,
          rowBytes,
          moments,
          sums + target,
          products + target);
    }
    for (; column < columns; column++) {
      long offset = (long) column * Float.BYTES;
      double sum = 0;
      double product = 0;
      for (int row = 0; row < rows; row++) {
        double mean = getDouble(moments + row * 16L);
        double factor = getDouble(moments + row * 16L + 8);
        double slope = getFloat(gradient + offset + row * rowBytes);
        sum += slope;
        double normal = (getFloat(from + offset + row * rowBytes) - mean) * factor;
        product = Math.fma(slope, normal, product);
      }
      setDouble(sums + (long) column * Double.BYTES, sum);
      setDouble(products + (long) column * Double.BYTES, product);
    }
  }

  /** Two vectors of columns that have a mean each. */
  private static void two(
      long gradient, long from, int rows, long rowBytes, long means, long sums, long products) {
    long g = gradient & AddressSpace.MASK;
    long x = from & AddressSpace.MASK;
    long m = means & AddressSpace.MASK;
    DoubleVector meanA = DoubleLanes.load(m);
    DoubleVector meanB = DoubleLanes.load(m + Lanes.BYTES);
    DoubleVector sumA = DoubleVector.zero(DoubleLanes.DOUBLES);
    DoubleVector sumB = sumA;
    DoubleVector productA = sumA;
    DoubleVector productB = sumA;
    for (int row = 0; row < rows; row++) {
      DoubleVector a = DoubleLanes.loadFloats(g);
      DoubleVector b = DoubleLanes.loadFloats(g + DoubleLanes.FLOAT_BYTES);
      sumA = sumA.add(a);
      sumB = sumB.add(b);
      productA = a.fma(DoubleLanes.loadFloats(x).sub(meanA), productA);
      productB = b.fma(DoubleLanes.loadFloats(x + DoubleLanes.FLOAT_BYTES).sub(meanB), productB);
      g = (g + rowBytes) & AddressSpace.MASK;
      x = (x + rowBytes) & AddressSpace.MASK;
    }
    store(sumA, sumB, sums);
    store(productA, productB, products);
  }

  /** Two vectors of columns of rows that have a mean and a factor each. */
  private static void twoOfRows(
      long gradient, long from, int rows, long rowBytes, long moments, long sums, long products) {
    long g = gradient & AddressSpace.MASK;
    long x = from & AddressSpace.MASK;
    DoubleVector sumA = DoubleVector.zero(DoubleLanes.DOUBLES);
    DoubleVector sumB = sumA;
    DoubleVector productA = sumA;
    DoubleVector productB = sumA;
    for (int row = 0; row < rows; row++) {
      double mean = getDouble(moments + row * 16L);
      double factor = getDouble(moments + row * 16L + 8);
      DoubleVector a = DoubleLanes.loadFloats(g);
      DoubleVector b = DoubleLanes.loadFloats(g + DoubleLanes.FLOAT_BYTES);
      sumA = sumA.add(a);
      sumB = sumB.add(b);
      DoubleVector next = DoubleLanes.loadFloats(x + DoubleLanes.FLOAT_BYTES);
      productA = a.fma(DoubleLanes.loadFloats(x).sub(mean).mul(factor), productA);
      productB = b.fma(next.sub(mean).mul(factor), productB);
      g = (g + rowBytes) & AddressSpace.MASK;
      x = (x + rowBytes) & AddressSpace.MASK;
    }
    store(sumA, sumB, sums);
    store(productA, productB, products);
  }

  private static void store(DoubleVector a, DoubleVector b, long to) {
    DoubleLanes.store(a, to & AddressSpace.MASK);
    DoubleLanes.store(b, (to & AddressSpace.MASK) + Lanes.BYTES);
  }

  /**
   * Adds what several chunks of rows gave, in their order, and rounds.
   *
   * @param parts address of the first chunk's sums, and then products
   * @param partBytes from one chunk to the next
   * @param products address where Σ g·(x − mean)·r is written
   * @param sums address where Σ g is written
   */
  public static void finish(
      long parts, int count, long partBytes, int columns, long products, long sums) {
    for (int column = 0; column < columns; column++) {
      double sum = 0;
      double product = 0;
      for (int part = 0; part < count; part++) {
        long place = parts + part * partBytes + (long) column * Double.BYTES;
        sum += getDouble(place);
        product += getDouble(place + (long) columns * Double.BYTES);
      }
      setFloat(sums + (long) column * Float.BYTES, (float) sum);
      setFloat(products + (long) column * Float.BYTES, (float) product);
    }
  }

  private static void setFloat(long address, float value) {
    AddressSpace.ALL.set(JAVA_FLOAT_UNALIGNED, address & AddressSpace.MASK, value);
  }

  private static float getFloat(long address) {
    return AddressSpace.ALL.get(JAVA_FLOAT_UNALIGNED, address & AddressSpace.MASK);
  }

  private static double getDouble(long address) {
    return AddressSpace.ALL.get(JAVA_DOUBLE_UNALIGNED, address & AddressSpace.MASK);
  }

  private static void setDouble(long address, double value) {
    AddressSpace.ALL.set(JAVA_DOUBLE_UNALIGNED, address & AddressSpace.MASK, value);
  }
}
