package dev.tempera.cpu.simd;

/**
 * The micro-kernel of products of a matrix with its own transpose. Both factors are panels of the
 * same packed matrix: {@link #WIDTH} neighbouring channels side by side, one pixel after another.
 * Panels are narrower than those of other products, so that less is computed twice at the diagonal.
 */
public final class GramKernel {
  /** Channels of a panel: two vectors. */
  public static final int WIDTH = 2 * Lanes.COUNT;

  /** Bytes of the sums of a block: the products of all pairs of channels of two panels. */
  public static final long BLOCK_BYTES = (long) WIDTH * WIDTH * Float.BYTES;

  private static final long ROW_BYTES = (long) WIDTH * Float.BYTES;

  private GramKernel() {}

  /**
   * Adds the products of the channels of two panels to a block: {@code block += aᵀ·b}.
   *
   * @param a address of a panel, pixels × {@link #WIDTH}
   * @param b address of a panel
   * @param block address of {@code WIDTH × WIDTH} sums
   * @param pixels how many
   */
  public static void accumulate(long a, long b, long block, int pixels) {
    if (MatmulKernel.MANY_REGISTERS && WIDTH % GramKernel8x2.ROWS == 0) {
      for (int row = 0; row < WIDTH; row += GramKernel8x2.ROWS) {
        GramKernel8x2.accumulate(a + row * 4L, b, block + row * ROW_BYTES, pixels);
      }
    } else {
      for (int row = 0; row < WIDTH; row += GramKernel4x2.ROWS) {
        GramKernel4x2.accumulate(a + row * 4L, b, block + row * ROW_BYTES, pixels);
      }
    }
  }
}
