package dev.tempera.cpu.convolution;

import dev.tempera.cpu.simd.Lanes;
import dev.tempera.cpu.simd.MatmulKernel;
import java.util.function.Consumer;

/**
 * How the tiles of images are cut into blocks, and what memory a block is computed in.
 *
 * <p>The tiles of all images follow one another row by row; a block is some neighbours, perhaps of
 * several rows. Its size does not touch the results: every tile is computed alike.
 *
 * @param images how many
 * @param tileRows rows of tiles of an image
 * @param tileColumns tiles in a row
 * @param channels of the images
 * @param layout of the transformed weights
 * @param blockTiles tiles of a block, a multiple of the micro-kernel's rows
 */
record WinogradBlocks(
    int images,
    int tileRows,
    int tileColumns,
    int channels,
    WinogradKernels.Layout layout,
    int blockTiles) {
  /**
   * Channels of a transformed tile that lie side by side. Their products are summed up before they
   * are added to those of others: most rounding errors of this algorithm come from these sums, and
   * short ones keep them small.
   */
  static final int DEPTH = 32;

  /** Bytes from a transformed tile to the next. */
  static final long TILE_BYTES = DEPTH * (long) Float.BYTES;

  /** What a block computes with then fits the second cache. */
  private static final int TILES = 32;

  /** Weights that do not stay in the third cache are fetched from memory, for every block anew. */
  private static final int TILES_FOR_MANY_WEIGHTS = 132;

  private static final long MOST_CACHED_WEIGHTS = 16L << 20;

  /** Keeps areas and planes from meeting in the same cache sets. */
  private static final long GAP = 2 * 64;

  /**
   * Blocks for a convolution.
   *
   * @param threads how many share the work
   */
  static WinogradBlocks of(
      int images, PatchAxis rows, PatchAxis columns, WinogradKernels.Layout layout, int threads) {
    int tileRows = Math.ceilDiv(rows.outputs().count(), WinogradTile.OUTPUTS);
    int tileColumns = Math.ceilDiv(columns.outputs().count(), WinogradTile.OUTPUTS);
    int tiles = Math.multiplyExact(images, Math.multiplyExact(tileRows, tileColumns));
    int step = MatmulKernel.tileRows(layout.panelWidth());
    int most = layout.bytes() > MOST_CACHED_WEIGHTS ? TILES_FOR_MANY_WEIGHTS : TILES;
    int share = Math.ceilDiv(tiles, threads);
    int blockTiles = Math.ceilDiv(Math.min(most, share), step) * step;
    return new WinogradBlocks(images, tileRows, tileColumns, layout.channels(), layout, blockTiles);
  }

  /** How many tiles there are. */
  int tiles() {
    return images * tileRows * tileColumns;
  }

  /** How many blocks there are. */
  int blocks() {
    return Math.ceilDiv(tiles(), blockTiles);
  }

  /** How many tiles a block has. */
  int tilesOf(int block) {
    return Math.min(blockTiles, tiles() - block * blockTiles);
  }

  /** The most pixels of a row that a block meets, over all its rows of tiles. */
  int mostPixels() {
    int runs = Math.min(blockTiles, Math.ceilDiv(blockTiles - 1, tileColumns) + 1);
    return blockTiles * WinogradTile.OUTPUTS + runs * (WinogradTile.TAPS - 1);
  }

  /** Where the transformed channels of a tile lie, from its matrix's start. */
  long offset(int tile, int channel) {
    long piece = (long) (channel / DEPTH) * blockTiles + tile;
    return piece * TILE_BYTES + channel % DEPTH * (long) Float.BYTES;
  }

  /** Bytes from one of the six lines of half-transformed pixels to the next. */
  long lineBytes() {
    return (long) mostPixels() * channels * Float.BYTES + GAP;
  }

  /** Bytes from one of six matrices of transformed tiles to the next. */
  long inputBytes() {
    return (long) Math.ceilDiv(channels, DEPTH) * blockTiles * TILE_BYTES + GAP;
  }

  /** Floats of a matrix of products. */
  int products() {
    return layout.panels() * blockTiles * layout.panelWidth();
  }

  /** Bytes from one matrix of products to the next. */
  long productBytes() {
    return (long) products() * Float.BYTES + GAP;
  }

  /** Where the transformed tiles begin in the memory of a block; the lines are at its start. */
  long inputStart() {
    return aligned(WinogradTile.SIZE * lineBytes());
  }

  /** Where the products begin. */
  long productStart() {
    return inputStart() + aligned(WinogradTile.SIZE * inputBytes());
  }

  /** Where the half-transformed products begin. */
  long sumStart() {
    return productStart() + aligned(WinogradTile.SIZE * productBytes());
  }

  /** Bytes of the memory that a block is computed in. */
  long bytes() {
    return sumStart() + aligned(WinogradTile.SIZE * WinogradTile.OUTPUTS * productBytes());
  }

  private static long aligned(long bytes) {
    return Math.ceilDiv(bytes, Lanes.BYTES) * Lanes.BYTES;
  }

  /**
   * How many zeros stand in for a row beyond the edges of the image, for a bias, or for the tile of
   * sums that a product begins with.
   */
  int zeroCount() {
    int most = Math.min(blockTiles, tileColumns);
    int row = (most * WinogradTile.OUTPUTS + WinogradTile.TAPS - 1) * channels;
    int panelWidth = layout.panelWidth();
    int bias = layout.panels() * panelWidth;
    return Math.max(Math.max(row, bias), MatmulKernel.tileRows(panelWidth) * panelWidth);
  }

  /** Goes through the tiles of a block, run by run. */
  void forEachRun(int block, Consumer<WinogradRun> task) {
    int start = block * blockTiles;
    int tiles = tilesOf(block);
    int pixel = 0;
    for (int done = 0; done < tiles; ) {
      int column = (start + done) % tileColumns;
      int count = Math.min(tileColumns - column, tiles - done);
      task.accept(new WinogradRun((start + done) / tileColumns, column, count, done, pixel));
      pixel += count * WinogradTile.OUTPUTS + WinogradTile.TAPS - 1;
      done += count;
    }
  }
}
