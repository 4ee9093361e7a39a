package dev.tempera.cpu.simd;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import jdk.incubator.vector.DoubleVector;

/**
 * The micro-kernel of float64 products: a tile of four rows times two vectors of columns, kept in
 * registers while it runs along the inner dimension.
 */
public final class DoubleMatmulKernel {
  /** Rows of a tile. */
  public static final int ROWS = 4;

  /** Columns of a tile. */
  public static final int COLUMNS = 2 * DoubleLanes.COUNT;

  private static final int LEFT_STEP = ROWS * Double.BYTES;
  private static final int VECTOR = Lanes.BYTES;
  private static final int ROW = 2 * VECTOR;

  private DoubleMatmulKernel() {}

  /**
   * Writes a product to a tile, each sum a chain of fused multiply-adds in the order of the inner
   * index.
   *
   * @param a address of the left factor, {@code depth × ROWS}
   * @param b address of the right factor, {@code depth × COLUMNS}
   * @param c address of the tile, {@code ROWS × COLUMNS}
   * @param depth length of the inner dimension
   */
  public static void multiply(long a, long b, long c, int depth) {
    DoubleVector zero = DoubleVector.zero(DoubleLanes.DOUBLES);
    DoubleVector c00 = zero;
    DoubleVector c01 = zero;
    DoubleVector c10 = zero;
    DoubleVector c11 = zero;
    DoubleVector c20 = zero;
    DoubleVector c21 = zero;
    DoubleVector c30 = zero;
    DoubleVector c31 = zero;
    for (int k = 0; k < depth; k++) {
      long left = (a + (long) k * LEFT_STEP) & AddressSpace.MASK;
      long right = (b + (long) k * ROW) & AddressSpace.MASK;
      DoubleVector b0 = DoubleLanes.load(right);
      DoubleVector b1 = DoubleLanes.load(right + VECTOR);
      DoubleVector a0 = broadcast(left);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      DoubleVector a1 = broadcast(left + Double.BYTES);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      DoubleVector a2 = broadcast(left + 2L * Double.BYTES);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      DoubleVector a3 = broadcast(left + 3L * Double.BYTES);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
    }
    long to = c & AddressSpace.MASK;
    DoubleLanes.store(c00, to);
    DoubleLanes.store(c01, to + VECTOR);
    DoubleLanes.store(c10, to + ROW);
    DoubleLanes.store(c11, to + ROW + VECTOR);
    DoubleLanes.store(c20, to + 2L * ROW);
    DoubleLanes.store(c21, to + 2L * ROW + VECTOR);
    DoubleLanes.store(c30, to + 3L * ROW);
    DoubleLanes.store(c31, to + 3L * ROW + VECTOR);
  }

  private static DoubleVector broadcast(long address) {
    return DoubleVector.broadcast(
        DoubleLanes.DOUBLES, AddressSpace.ALL.get(JAVA_DOUBLE_UNALIGNED, address));
  }
}
