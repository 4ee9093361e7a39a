package dev.tempera.cpu.simd;

/**
 * The micro-kernel of every packed product: a small tile of sums kept in registers while it runs
 * along the inner dimension.
 *
 * <p>The right factor and the sums are cut into panels of {@link #panelWidth} columns; a panel of
 * the right factor holds those columns of one inner index side by side, one index after another. A
 * tile of sums is {@link #tileRows} rows of a panel. The left factor may have any two strides.
 *
 * <p>The kernels are written out and larger than the compiler inlines: inlined into a loop over
 * tiles their accumulators would spill. They are also small enough for the profiling compiler (four
 * rows of four vectors, not six): where that one gives up, a method can stay unoptimised for good.
 * Addresses and strides are masked, so that the optimising compiler proves every access inside the
 * segment and leaves the checks away.
 */
public final class MatmulKernel {
  /** Keeps every bit of a stride, and tells the compiler that it is not negative. */
  static final long STRIDE_MASK = 0xFFFF_FFFFL;

  /** Whether there are 32 vector registers and not 16. */
  static final boolean MANY_REGISTERS =
      Lanes.BYTES == 64 || System.getProperty("os.arch", "").equals("aarch64");

  private static final int WIDE = MatmulKernel4x4.COLUMNS;
  private static final int NARROW = MatmulKernel6x2.COLUMNS;

  private MatmulKernel() {}

  /**
   * Columns of a panel: four vectors where there are 32 registers (AVX-512, ARM) and the matrix is
   * wide enough to fill them, else two.
   *
   * @param columns of the whole matrix
   */
  public static int panelWidth(int columns) {
    return MANY_REGISTERS && columns > NARROW ? WIDE : NARROW;
  }

  /** Rows of a tile of a panel of this width. */
  public static int tileRows(int panelWidth) {
    return panelWidth == WIDE ? MatmulKernel4x4.ROWS : MatmulKernel6x2.ROWS;
  }

  /**
   * Adds a product to a tile of sums: {@code c = start + a·b}. The product is summed up by itself
   * first.
   *
   * @param panelWidth what {@link #panelWidth} gave for the right factor
   * @param a address of the left factor's first element, {@code tileRows × depth}
   * @param rowStride bytes between rows of {@code a}
   * @param depthStride bytes between elements of a row of {@code a}
   * @param b address of a panel, {@code depth × panelWidth}
   * @param start address of the tile that is added to, {@code tileRows × panelWidth}
   * @param c address of the resulting tile, perhaps the same
   * @param depth length of the inner dimension
   */
  public static void accumulate(
      int panelWidth,
      long a,
      long rowStride,
      long depthStride,
      long b,
      long start,
      long c,
      int depth) {
    if (panelWidth == WIDE) {
      MatmulKernel4x4.accumulate(a, rowStride, depthStride, b, start, c, depth);
    } else {
      MatmulKernel6x2.accumulate(a, rowStride, depthStride, b, start, c, depth);
    }
  }
}
