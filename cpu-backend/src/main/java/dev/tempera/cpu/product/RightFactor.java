package dev.tempera.cpu.product;

/** The right factor of a packed product: hands out pieces of panels for the micro-kernel. */
public interface RightFactor {
  /**
   * The address of a piece of a panel, in the factor itself or packed into the workspace.
   *
   * @param base address of the factor
   * @param start the first inner index, a multiple of the piece's depth
   * @param depth how many inner indices, at most {@link LeftFactor#pieceDepth}
   * @param column the first column, a multiple of the panel's width
   * @param columns how many columns of the panel exist; what stands in the others is ignored
   */
  long panel(long base, int start, int depth, int column, int columns, Workspace workspace);
}
