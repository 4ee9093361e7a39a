package dev.tempera.cpu.convolution;

import dev.tempera.cpu.simd.MaskBits;
import dev.tempera.cpu.simd.RowLoops;
import dev.tempera.cpu.simd.WinogradInputLoops;

/**
 * Transforms what tiles read.
 *
 * @param blocks how tiles are cut into blocks
 * @param image with channels side by side
 * @param rows which image rows the taps meet, ascending
 * @param columns which image columns the taps meet, ascending
 * @param zeros address of as many zeros as {@link WinogradBlocks#zeroCount} says
 */
record WinogradInput(
    WinogradBlocks blocks, ChannelsLastImage image, PatchAxis rows, PatchAxis columns, long zeros) {
  /** Transforms the six rows of pixels of a run of tiles down their columns. */
  void down(WinogradRun run, long memory) {
    long base = image.address() + run.line() / blocks.tileRows() * image.strides().image();
    int y = run.line() % blocks.tileRows() * WinogradTile.OUTPUTS + rows.origin();
    long row0 = rowAddress(base, y);
    long row1 = rowAddress(base, y + 1);
    long row2 = rowAddress(base, y + 2);
    long row3 = rowAddress(base, y + 3);
    long row4 = rowAddress(base, y + 4);
    long row5 = rowAddress(base, y + 5);
    int channels = blocks.channels();
    long pixelBytes = (long) channels * Float.BYTES;
    long target = memory + run.pixel() * pixelBytes;
    int x = run.column() * WinogradTile.OUTPUTS + columns.origin();
    int end = x + run.count() * WinogradTile.OUTPUTS + WinogradTile.TAPS - 1;
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
    return row == 0 ? zeros : image.bits() + MaskBits.offset(row + offset - image.address());
  }

  private long rowAddress(long base, int y) {
    int source = y > last(rows) ? -1 : rows.mode().source(y, rows.length());
    return source < 0 ? 0 : base + source * image.strides().row();
  }

  /** The position of the last line that the last output meets. */
  private static int last(PatchAxis axis) {
    return axis.origin() + axis.outputs().count() - 1 + WinogradTile.TAPS - 1;
  }

  /** Transforms one of the six lines of a run of tiles along itself. */
  void along(int line, WinogradRun run, long memory) {
    long pixelBytes = (long) blocks.channels() * Float.BYTES;
    long source = memory + line * blocks.lineBytes() + run.pixel() * pixelBytes;
    long target = memory + blocks.inputStart();
    for (int channel = 0; channel < blocks.channels(); channel += WinogradBlocks.DEPTH) {
      WinogradInputLoops.along(
          source + (long) channel * Float.BYTES,
          pixelBytes,
          run.count(),
          Math.min(WinogradBlocks.DEPTH, blocks.channels() - channel),
          target + blocks.offset(run.first(), channel),
          WinogradBlocks.TILE_BYTES,
          blocks.inputBytes());
    }
  }
}
