package dev.tempera.cpu.product;

/** The left factor of a packed product: hands out pieces laid out for the micro-kernel. */
public interface LeftFactor {
  /**
   * Packs a piece into the workspace.
   *
   * @param base address of the factor
   * @param row the first row
   * @param rows at most {@link BlockGrid#rowBlock}
   * @param start the first inner index
   * @param depth how many inner indices, at most {@link BlockProduct#DEPTH}
   */
  void pack(long base, int row, int rows, int start, int depth, Workspace workspace);

  /** Bytes from a row to the next in a packed piece. */
  long rowStride();

  /** Bytes from an inner index to the next in a packed piece. */
  long depthStride();
}
