package dev.tempera.cpu.product;

/** Takes the finished sums of a packed product, block by block. */
public interface BlockSink {
  /**
   * Writes the sums of a panel to the result.
   *
   * @param base address of the result
   * @param row the first row
   * @param rows how many rows
   * @param column the first column
   * @param columns how many columns, at most the panel's width
   * @param sums address of the panel of sums; rows lie a panel's width apart
   */
  void store(long base, int row, int rows, int column, int columns, long sums, Workspace workspace);
}
