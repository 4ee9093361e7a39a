package dev.tempera.cpu.simd;

/**
 * The micro-kernel of products with a short inner dimension: sums begin and end in registers, and
 * the left factor is read where it lies, so that nothing is packed but the right factor.
 *
 * <p>A row of the left factor may come in several segments, such as the rows of an image that a
 * kernel meets. Tiles and panels are those of {@link MatmulKernel}.
 */
public final class ShallowKernel {
  private ShallowKernel() {}

  /**
   * Where sums are written, and what becomes of them.
   *
   * @param address of the first row
   * @param stride bytes between rows
   * @param least written instead of what is less; −∞ changes nothing
   */
  public record Target(long address, long stride, float least) {}

  /**
   * Computes rows of a panel: {@code first + a·b}.
   *
   * @param panelWidth what {@link MatmulKernel#panelWidth} gave for the right factor
   * @param table address of the addresses of the segments of the left factor's first row
   * @param segments how many
   * @param rowStride bytes between rows of the left factor, the same in all segments
   * @param depth elements of a segment
   * @param rows how many, whole tiles
   * @param b address of a panel, {@code segments·depth × panelWidth}
   * @param first address of the {@code panelWidth} numbers that the sums of every row begin with
   */
  public static void multiply(
      int panelWidth,
      long table,
      int segments,
      long rowStride,
      int depth,
      int rows,
      long b,
      long first,
      Target target) {
    if (MatmulKernel.tileRows(panelWidth) == ShallowKernel4x4.ROWS) {
      ShallowKernel4x4.multiply(table, segments, rowStride, depth, rows, b, first, target);
    } else {
      ShallowKernel6x2.multiply(table, segments, rowStride, depth, rows, b, first, target);
    }
  }
}
