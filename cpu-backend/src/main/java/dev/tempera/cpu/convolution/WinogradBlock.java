package dev.tempera.cpu.convolution;

import dev.tempera.cpu.simd.MatmulKernel;
import dev.tempera.cpu.simd.RowLoops;
import dev.tempera.cpu.simd.WinogradInputLoops;
import dev.tempera.cpu.simd.WinogradOutputLoops;

/**
 * Computes blocks of tiles: transforms what six rows of pixels hold, then, for each of the six
 * transformed rows, multiplies its six places with the weights and sums the products up along the
 * row at once, so that only a sixth of what a tile expands to exists at a time.
 *
 * @param blocks how tiles are cut into blocks
 * @param image with channels side by side
 * @param rows which image rows the taps meet
 * @param columns which image columns the taps meet
 * @param weights address of the transformed weights
 * @param zeros address of as many zeros as {@link #zeroCount} says
 * @param bias address of the bias of each channel of the result, padded to whole panels
 * @param activation what is done to the sums
 * @param result address of the result's first channel
 * @param strides of the result
 */
record WinogradBlock(
    WinogradBlocks blocks,
    ChannelsLastImage image,
    PatchAxis rows,
    PatchAxis columns,
    long weights,
    long zeros,
    long bias,
    ImageSink.Activation activation,
    long result,
    PixelStrides strides) {
  /** Elements whose bits fill as many bytes as one element. */
  private static final int ELEMENTS_OF_BITS = 32;

  /**
   * How many zeros stand in for a row beyond the edges of the image, for a bias, or for the tile of
   * sums that a product begins with.
   */
  static int zeroCount(WinogradBlocks blocks) {
    int most = Math.min(blocks.blockTiles(), blocks.tileColumns());
    int row = (most * WinogradTile.OUTPUTS + WinogradTile.TAPS - 1) * blocks.channels();
    int panelWidth = blocks.layout().panelWidth();
    int bias = blocks.layout().panels() * panelWidth;
    return Math.max(Math.max(row, bias), MatmulKernel.tileRows(panelWidth) * panelWidth);
  }

  /** Does with a run of tiles in one row. */
  @FunctionalInterface
  private interface RunTask {
    /**
     * What is done.
     *
     * @param line row of tiles, counted over all images
     * @param column of the first tile
     * @param count tiles of the run
     * @param first how many tiles of the block come before
     * @param pixel how many pixels of the block's rows come before
     */
    void run(int line, int column, int count, int first, int pixel);
  }

  /** Computes a block in memory of {@link WinogradBlocks#bytes}. */
  void run(int block, long memory) {
    int start = block * blocks.blockTiles();
    int tiles = Math.min(blocks.blockTiles(), blocks.tiles() - start);
    forEachRun(
        start,
        tiles,
        (line, column, count, _, pixel) -> rowsDown(line, column, count, pixel, memory));
    for (int line = 0; line < WinogradTile.SIZE; line++) {
      transformAlong(line, start, tiles, memory);
      multiply(line, tiles, memory);
      WinogradOutputLoops.along(
          memory + blocks.productStart(),
          blocks.productBytes(),
          blocks.products(),
          memory + blocks.sumStart() + (long) line * WinogradTile.OUTPUTS * blocks.productBytes(),
          blocks.productBytes());
    }
    forEachRun(
        start, tiles, (line, column, count, first, _) -> store(line, column, count, first, memory));
  }

  private void forEachRun(int start, int tiles, RunTask task) {
    int width = blocks.tileColumns();
    int pixel = 0;
    for (int done = 0; done < tiles; ) {
      int column = (start + done) % width;
      int count = Math.min(width - column, tiles - done);
      task.run((start + done) / width, column, count, done, pixel);
      pixel += count * WinogradTile.OUTPUTS + WinogradTile.TAPS - 1;
      done += count;
    }
  }

  /** Transforms the six rows of pixels of a run of tiles down their columns. */
  private void rowsDown(int line, int tileColumn, int count, int pixel, long memory) {
    long base = image.address() + line / blocks.tileRows() * image.strides().image();
    int y = line % blocks.tileRows() * WinogradTile.OUTPUTS + lowest(rows);
    long row0 = rowAddress(base, y);
    long row1 = rowAddress(base, y + 1);
    long row2 = rowAddress(base, y + 2);
    long row3 = rowAddress(base, y + 3);
    long row4 = rowAddress(base, y + 4);
    long row5 = rowAddress(base, y + 5);
    int channels = blocks.channels();
    long pixelBytes = (long) channels * Float.BYTES;
    long target = memory + pixel * pixelBytes;
    int x = tileColumn * WinogradTile.OUTPUTS + lowest(columns);
    int end = x + count * WinogradTile.OUTPUTS + WinogradTile.TAPS - 1;
    int inside = Math.clamp(x, 0, columns.length());
    int outside = Math.clamp(end, inside, columns.length());
    for (int place = x; place < end; place++) {
      if (place == inside && outside > inside) {
        pixelsDown(row0, row1, row2, row3, row4, row5, inside, outside - inside, target);
        target += (outside - inside) * pixelBytes;
        place = outside - 1;
        continue;
      }
      int source = place > last(columns) ? -1 : columns.mode().source(place, columns.length());
      if (source < 0) {
        for (int i = 0; i < WinogradTile.SIZE; i++) {
          RowLoops.fill(target + i * blocks.lineBytes(), channels, 0);
        }
      } else {
        pixelsDown(row0, row1, row2, row3, row4, row5, source, 1, target);
      }
      target += pixelBytes;
    }
  }

  /**
   * Transforms neighbouring pixels of six rows, all at once if they lie without gaps; a row address
   * of 0 stands for zeros.
   */
  private void pixelsDown(
      long row0,
      long row1,
      long row2,
      long row3,
      long row4,
      long row5,
      int first,
      int count,
      long target) {
    long pixelBytes = (long) blocks.channels() * Float.BYTES;
    int together = image.strides().pixel() == pixelBytes ? count : 1;
    for (int done = 0; done < count; done += together) {
      long place = target + done * pixelBytes;
      pieceDown(row0, row1, row2, row3, row4, row5, first + done, together, place);
    }
  }

  private void pieceDown(
      long row0,
      long row1,
      long row2,
      long row3,
      long row4,
      long row5,
      int first,
      int count,
      long target) {
    long offset = first * image.strides().pixel();
    if (image.bits() == 0) {
      WinogradInputLoops.down(
          from(row0, offset),
          from(row1, offset),
          from(row2, offset),
          from(row3, offset),
          from(row4, offset),
          from(row5, offset),
          count * blocks.channels(),
          target,
          blocks.lineBytes());
    } else {
      WinogradInputLoops.downMasked(
          from(row0, offset),
          from(row1, offset),
          from(row2, offset),
          from(row3, offset),
          from(row4, offset),
          from(row5, offset),
          bits(row0, offset),
          bits(row1, offset),
          bits(row2, offset),
          bits(row3, offset),
          bits(row4, offset),
          bits(row5, offset),
          count * blocks.channels(),
          target,
          blocks.lineBytes());
    }
  }

  private long from(long row, long offset) {
    return row == 0 ? zeros : row + offset;
  }

  private long bits(long row, long offset) {
    return row == 0 ? zeros : image.bits() + (row + offset - image.address()) / ELEMENTS_OF_BITS;
  }

  private long rowAddress(long base, int y) {
    int source = y > last(rows) ? -1 : rows.mode().source(y, rows.length());
    return source < 0 ? 0 : base + source * image.strides().row();
  }

  /** The position of the first line that the first output meets. */
  private static int lowest(PatchAxis axis) {
    return axis.origin() + Math.min(0, axis.tapStep() * (WinogradTile.TAPS - 1));
  }

  /** The position of the last line that the last output meets. */
  private static int last(PatchAxis axis) {
    return lowest(axis) + axis.outputs().count() - 1 + WinogradTile.TAPS - 1;
  }

  /** Transforms one of the six lines along itself, for all tiles. */
  private void transformAlong(int line, int start, int tiles, long memory) {
    long pixelBytes = (long) blocks.channels() * Float.BYTES;
    long source = memory + line * blocks.lineBytes();
    long target = memory + blocks.inputStart();
    forEachRun(
        start,
        tiles,
        (_, _, count, first, pixel) -> {
          for (int channel = 0; channel < blocks.channels(); channel += WinogradBlocks.DEPTH) {
            WinogradInputLoops.along(
                source + pixel * pixelBytes + (long) channel * Float.BYTES,
                pixelBytes,
                count,
                Math.min(WinogradBlocks.DEPTH, blocks.channels() - channel),
                target + blocks.offset(first, channel),
                WinogradBlocks.TILE_BYTES,
                blocks.inputBytes());
          }
        });
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

  /** Transforms the products of a run of tiles down and writes their pixels. */
  private void store(int line, int tileColumn, int count, int first, long memory) {
    WinogradKernels.Layout layout = blocks.layout();
    int panelWidth = layout.panelWidth();
    int y = line % blocks.tileRows() * WinogradTile.OUTPUTS;
    int x = tileColumn * WinogradTile.OUTPUTS;
    int lines = Math.min(WinogradTile.OUTPUTS, rows.outputs().count() - y);
    long corner =
        result
            + line / blocks.tileRows() * strides.image()
            + y * strides.row()
            + x * strides.pixel();
    long tileBytes = (long) panelWidth * Float.BYTES;
    float floor = activation.relu() ? 0 : Float.NEGATIVE_INFINITY;
    for (int panel = 0; panel < layout.panels(); panel++) {
      int channel = panel * panelWidth;
      int channels = Math.min(panelWidth, layout.columns() - channel);
      long source =
          memory + blocks.sumStart() + ((long) panel * blocks.blockTiles() + first) * tileBytes;
      for (int column = 0; column < WinogradTile.OUTPUTS; column++) {
        int beyond = columns.outputs().count() - x - column;
        int tiles = Math.min(count, Math.ceilDiv(beyond, WinogradTile.OUTPUTS));
        long target = corner + column * strides.pixel() + (long) channel * Float.BYTES;
        long from = source + column * blocks.productBytes();
        long bits =
            activation.bits() == 0
                ? 0
                : activation.bits() + (target - activation.image()) / ELEMENTS_OF_BITS;
        WinogradOutputLoops.down(
            from,
            WinogradTile.OUTPUTS * blocks.productBytes(),
            tileBytes,
            tiles,
            channels,
            bias + (long) channel * Float.BYTES,
            floor,
            target,
            WinogradTile.OUTPUTS * strides.pixel(),
            strides.row(),
            lines,
            bits);
      }
    }
  }
}
