package dev.tempera.cpu.convolution;

import dev.tempera.cpu.simd.MatmulKernel;

/**
 * Computes blocks of tiles: transforms what six rows of pixels hold, then, for each of the six
 * transformed rows, multiplies its six places with the weights and sums the products up along the
 * row at once, so that only a sixth of what a tile expands to exists at a time.
 *
 * @param blocks how tiles are cut into blocks
 * @param input what tiles read
 * @param weights address of the transformed weights
 * @param zeros address of zeros that a product begins with
 * @param output what tiles write
 */
record WinogradBlock(
    WinogradBlocks blocks, WinogradInput input, long weights, long zeros, WinogradOutput output) {
  /** Computes a block in memory of {@link WinogradBlocks#bytes}. */
  void run(int block, long memory) {
    blocks.forEachRun(block, run -> input.down(run, memory));
    for (int i = 0; i < WinogradTile.SIZE; i++) {
      int line = i;
      blocks.forEachRun(block, run -> input.along(line, run, memory));
      multiply(line, blocks.tilesOf(block), memory);
      output.along(line, memory);
    }
    blocks.forEachRun(block, run -> output.store(run, memory));
  }

  /** Multiplies the six places of a line with the weights. */
  private void multiply(int line, int tiles, long memory) {
    WinogradKernels.Layout layout = blocks.layout();
    int panelWidth = layout.panelWidth();
    int tileRows = MatmulKernel.tileRows(panelWidth);
    int padded = Math.ceilDiv(tiles, tileRows) * tileRows;
    long panelBytes = (long) blocks.blockTiles() * panelWidth * Float.BYTES;
    for (int column = 0; column < WinogradTile.SIZE; column++) {
      long right = weights + ((long) line * WinogradTile.SIZE + column) * layout.matrixBytes();
      long left = memory + blocks.inputStart() + column * blocks.inputBytes();
      long sums = memory + blocks.productStart() + column * blocks.productBytes();
      for (int panel = 0; panel < layout.panels(); panel++) {
        for (int channel = 0; channel < blocks.channels(); channel += WinogradBlocks.DEPTH) {
          int depth = Math.min(WinogradBlocks.DEPTH, blocks.channels() - channel);
          multiplyPiece(left + blocks.offset(0, channel), right, channel > 0, sums, padded, depth);
          right += (long) depth * panelWidth * Float.BYTES;
        }
        sums += panelBytes;
      }
    }
  }

  private void multiplyPiece(
      long left, long right, boolean addsUp, long sums, int rows, int depth) {
    int panelWidth = blocks.layout().panelWidth();
    int tileRows = MatmulKernel.tileRows(panelWidth);
    for (int row = 0; row < rows; row += tileRows) {
      long tile = sums + (long) row * panelWidth * Float.BYTES;
      MatmulKernel.accumulate(
          panelWidth,
          left + row * WinogradBlocks.TILE_BYTES,
          WinogradBlocks.TILE_BYTES,
          Float.BYTES,
          right,
          addsUp ? tile : zeros,
          tile,
          depth);
    }
  }
}
