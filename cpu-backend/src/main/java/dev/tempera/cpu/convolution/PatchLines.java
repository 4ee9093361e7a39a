package dev.tempera.cpu.convolution;

import dev.tempera.cpu.product.LeftFactor;
import dev.tempera.cpu.product.Workspace;
import dev.tempera.cpu.simd.AddressTable;
import dev.tempera.cpu.simd.MatmulKernel;

/**
 * The patches of images as the left factor of a convolution, for kernels that meet many numbers of
 * one image row: the patches of neighbouring outputs overlap in memory. What a kernel row meets is
 * read where it lies; tiles of outputs that meet what stands beyond the image are copied first, and
 * all of them if the image has a mask.
 *
 * @param rows which image rows the kernel rows meet
 * @param row what a kernel row meets at neighbouring outputs
 * @param image the images
 * @param panelWidth columns of a panel of the right factor
 */
record PatchLines(PatchAxis rows, PatchRow row, ChannelsLastImage image, int panelWidth)
    implements LeftFactor {
  /** Shorter pieces would load and store the sums too often. */
  private static final int SHORTEST_PIECE = 64;

  /** Panels of more would not stay in the first cache. */
  private static final int LONGEST_PIECE = 144;

  /** Tiles that reach beyond a line are computed for nothing: at most one in so many. */
  private static final int TILES_OF_A_LINE = 8;

  /** Bytes of image rows that stay in the second cache beside the sums. */
  private static final int MOST_BYTES = 256 << 10;

  /** Whether the patches along some axes can be read so. */
  static boolean suits(PatchAxis columns, KernelStack kernels, int panelWidth) {
    return columns.isCompact()
        && kernels.depth() > 0
        && columns.outputs().count() >= TILES_OF_A_LINE * MatmulKernel.tileRows(panelWidth)
        && pieceDepth(new PatchRow(columns, kernels.channels())) >= SHORTEST_PIECE;
  }

  /** Inner indices of a piece: the longest equal parts of a kernel row. */
  static int pieceDepth(PatchRow row) {
    return EvenParts.longest(kernelRow(row), LONGEST_PIECE);
  }

  /** The most outputs of which a kernel row is worth copying at once. */
  static int mostOutputs(PatchRow row) {
    return Math.clamp(MOST_BYTES / row.outputBytes(), 16, 1024);
  }

  /** Bytes of the copy of what a kernel row meets at so many outputs. */
  static long bytes(PatchRow row, int outputs) {
    return (long) row.pixels(outputs) * row.channels() * Float.BYTES;
  }

  private static int kernelRow(PatchRow row) {
    return row.columns().taps().count() * row.channels();
  }

  @Override
  public int pieceDepth() {
    return pieceDepth(row);
  }

  @Override
  public long rowStride() {
    return row.outputBytes();
  }

  @Override
  public long depthStride() {
    return Float.BYTES;
  }

  @Override
  public void pack(long base, int pixel, int count, int start, int depth, Workspace workspace) {
    int width = row.columns().outputs().count();
    int height = rows.outputs().count();
    int line = pixel / width;
    int output = pixel % width;
    int kernelRow = kernelRow(row);
    int source = rows.source(start / kernelRow, line % height);
    PixelStrides strides = image.strides();
    long from = source < 0 ? 0 : base + line / height * strides.image() + source * strides.row();
    long first = start % kernelRow * (long) Float.BYTES;
    int tiles = Math.ceilDiv(count, tileRows());
    int inside = from == 0 || !liesReady() ? tiles : firstTileInside(output, tiles);
    int outside = Math.max(inside, firstTileBeyond(output, tiles));
    copyTiles(from, output, 0, inside, first, workspace);
    long place = from + row.columns().position(0, output) * strides.pixel() + first;
    locateTiles(place, inside, outside, workspace);
    copyTiles(from, output, outside, tiles, first, workspace);
  }

  private int tileRows() {
    return MatmulKernel.tileRows(panelWidth);
  }

  /** Whether the pixels that a kernel row meets can be read where they lie. */
  private boolean liesReady() {
    return image.bits() == 0 && image.strides().pixel() == (long) row.channels() * Float.BYTES;
  }

  /** The first tile that does not meet what stands before the row. */
  private int firstTileInside(int output, int tiles) {
    int first = row.columns().outputAt(0, 0) - output;
    return Math.clamp(Math.ceilDiv(first, tileRows()), 0, tiles);
  }

  /** The first tile after that which meets what stands behind the row. */
  private int firstTileBeyond(int output, int tiles) {
    PatchAxis columns = row.columns();
    int first = columns.outputAt(columns.taps().count() - 1, columns.length()) - output;
    return Math.clamp(Math.floorDiv(first, tileRows()), 0, tiles);
  }

  /** Copies what tiles meet before the first piece of a kernel row, and locates them. */
  private void copyTiles(
      long from, int output, int start, int end, long first, Workspace workspace) {
    if (start == end) {
      return;
    }
    int done = start * tileRows();
    long place = workspace.left() + done * row.outputBytes();
    if (first == 0) {
      row.copy(image, from, output + done, (end - start) * tileRows(), place);
    }
    locateTiles(workspace.left() + first, start, end, workspace);
  }

  private void locateTiles(long first, int start, int end, Workspace workspace) {
    long stride = tileRows() * row.outputBytes();
    long table = workspace.tiles() + (long) start * Long.BYTES;
    AddressTable.spaced(table, end - start, first + start * stride, stride);
  }
}
