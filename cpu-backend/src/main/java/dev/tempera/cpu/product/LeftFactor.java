package dev.tempera.cpu.product;

/** The left factor of a packed product: hands out pieces laid out for the micro-kernel. */
public interface LeftFactor {
  /**
   * Writes the address of each tile of rows of a piece, in the factor itself or packed into the
   * workspace, to the table of tiles. The pieces of some rows are asked for one after another, from
   * the first inner index on.
   *
   * @param base address of the factor
   * @param row the first row
   * @param rows at most {@link BlockGrid#rowBlock}
   * @param start the first inner index, a multiple of the piece's depth
   * @param depth how many inner indices, at most {@link #pieceDepth}
   */
  void pack(long base, int row, int rows, int start, int depth, Workspace workspace);

  /** Inner indices of every piece but perhaps the last. */
  default int pieceDepth() {
    return BlockProduct.DEPTH;
  }

  /** Bytes from a row to the next of a tile. */
  long rowStride();

  /** Bytes from an inner index to the next of a tile. */
  long depthStride();
}
