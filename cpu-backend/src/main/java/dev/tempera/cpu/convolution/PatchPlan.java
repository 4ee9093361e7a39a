package dev.tempera.cpu.convolution;

import dev.tempera.cpu.product.BlockGrid;
import dev.tempera.cpu.product.BlockProduct;
import dev.tempera.cpu.product.LeftFactor;
import dev.tempera.cpu.product.PackedPanels;
import dev.tempera.cpu.product.Workspaces;
import dev.tempera.cpu.simd.MatmulKernel;

/**
 * How a convolution becomes a packed product: how it reads patches, in which order it takes the
 * taps, and how it is cut into blocks.
 *
 * @param rows which image rows the taps meet
 * @param columns which image columns the taps meet
 * @param kernels the weights, their taps in the order of the axes
 * @param grid how the pixels and channels of the result are cut into blocks
 * @param byLines whether patches are read from image rows where they lie
 */
record PatchPlan(
    PatchAxis rows, PatchAxis columns, KernelStack kernels, BlockGrid grid, boolean byLines) {
  /** A plan for so many images. */
  static PatchPlan of(int images, PatchAxis rows, PatchAxis givenColumns, KernelStack given) {
    PatchAxis columns = givenColumns.isCompact() ? givenColumns.ascending() : givenColumns;
    KernelStack kernels = given.along(rows, columns);
    int lines = Math.multiplyExact(images, rows.outputs().count());
    int width = columns.outputs().count();
    if (PatchLines.suits(columns, kernels, MatmulKernel.panelWidth(kernels.columns()))) {
      int most = PatchLines.mostOutputs(new PatchRow(columns, kernels.channels()));
      BlockGrid grid = BlockGrid.ofLines(lines, width, kernels.columns(), kernels.groups(), most);
      return new PatchPlan(rows, columns, kernels, grid, true);
    }
    int pixels = Math.multiplyExact(lines, width);
    BlockGrid grid = BlockGrid.of(pixels, kernels.columns(), kernels.groups());
    return new PatchPlan(rows, columns, kernels, grid, false);
  }

  /** The factor that patches are. */
  LeftFactor patches(ChannelsLastImage image, long zeros) {
    return byLines
        ? new PatchLines(rows, row(), image, grid.panelWidth())
        : new PatchMatrix(rows, columns, kernels.channels(), image, zeros, grid.panelWidth());
  }

  /** How many zeros stand for a row beyond the image. */
  int zeros() {
    return byLines ? 0 : Math.max(BlockProduct.DEPTH, grid.panelWidth());
  }

  private PatchRow row() {
    return new PatchRow(columns, kernels.channels());
  }

  /** How the weights are packed. */
  PackedPanels panels() {
    int pieceDepth = byLines ? PatchLines.pieceDepth(row()) : BlockProduct.DEPTH;
    return new PackedPanels(kernels.depth(), kernels.columns(), grid.panelWidth(), pieceDepth);
  }

  /** How many blocks there are in all groups. */
  int tasks() {
    return Math.multiplyExact(kernels.groups(), grid.blocks());
  }

  /** What a block works in. */
  Workspaces.Areas areas() {
    Workspaces.Areas areas = Workspaces.Areas.of(grid);
    return byLines ? areas.withLeft(PatchLines.bytes(row(), grid.rowBlock())) : areas;
  }
}
