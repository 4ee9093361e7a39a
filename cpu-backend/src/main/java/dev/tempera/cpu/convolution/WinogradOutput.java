package dev.tempera.cpu.convolution;

import dev.tempera.cpu.simd.MaskBits;
import dev.tempera.cpu.simd.WinogradOutputLoops;

/**
 * Transforms the products of tiles to pixels and writes them.
 *
 * @param blocks how tiles are cut into blocks
 * @param rows which image rows the taps meet
 * @param columns which image columns the taps meet
 * @param bias address of the bias of each channel of the result, padded to whole panels
 * @param activation what is done to the sums
 * @param result address of the result's first channel
 * @param strides of the result
 */
record WinogradOutput(
    WinogradBlocks blocks,
    PatchAxis rows,
    PatchAxis columns,
    long bias,
    ImageSink.Activation activation,
    long result,
    PixelStrides strides) {
  /** Transforms one of the six rows of products along itself. */
  void along(int line, long memory) {
    WinogradOutputLoops.along(
        memory + blocks.productStart(),
        blocks.productBytes(),
        blocks.products(),
        memory + blocks.sumStart() + (long) line * WinogradTile.OUTPUTS * blocks.productBytes(),
        blocks.productBytes());
  }

  /** Transforms the products of a run of tiles down and writes their pixels. */
  void store(WinogradRun run, long memory) {
    WinogradKernels.Layout layout = blocks.layout();
    int panelWidth = layout.panelWidth();
    int y = run.line() % blocks.tileRows() * WinogradTile.OUTPUTS;
    int x = run.column() * WinogradTile.OUTPUTS;
    int lines = Math.min(WinogradTile.OUTPUTS, rows.outputs().count() - y);
    long corner =
        result
            + run.line() / blocks.tileRows() * strides.image()
            + y * strides.row()
            + x * strides.pixel();
    long tileBytes = (long) panelWidth * Float.BYTES;
    long targetStride = WinogradTile.OUTPUTS * strides.pixel();
    float floor = activation.relu() ? 0 : Float.NEGATIVE_INFINITY;
    for (int panel = 0; panel < layout.panels(); panel++) {
      int channel = panel * panelWidth;
      int channels = Math.min(panelWidth, layout.columns() - channel);
      long source =
          memory
              + blocks.sumStart()
              + ((long) panel * blocks.blockTiles() + run.first()) * tileBytes;
      for (int column = 0; column < WinogradTile.OUTPUTS; column++) {
        int beyond = columns.outputs().count() - x - column;
        int tiles = Math.min(run.count(), Math.ceilDiv(beyond, WinogradTile.OUTPUTS));
        long target = corner + column * strides.pixel() + (long) channel * Float.BYTES;
        long from = source + column * blocks.productBytes();
        long bits =
            activation.bits() == 0
                ? 0
                : activation.bits() + MaskBits.offset(target - activation.image());
        long start = activation.adds() ? target : bias + (long) channel * Float.BYTES;
        WinogradOutputLoops.down(
            from,
            WinogradTile.OUTPUTS * blocks.productBytes(),
            tileBytes,
            tiles,
            channels,
            start,
            activation.adds() ? targetStride : 0,
            activation.adds() ? strides.row() : 0,
            floor,
            target,
            targetStride,
            strides.row(),
            lines,
            bits);
      }
    }
  }
}
