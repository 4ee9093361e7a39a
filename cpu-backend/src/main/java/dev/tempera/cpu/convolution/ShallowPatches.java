package dev.tempera.cpu.convolution;

import dev.tempera.cpu.product.LeftFactor;
import dev.tempera.cpu.product.Workspace;
import dev.tempera.cpu.simd.AddressTable;

/**
 * The patches of images of few channels, transposed, as the left factor of a gradient of weights:
 * one row for each number that a kernel meets, one column for each output pixel. The rows of a
 * kernel row overlap in a copy of what it meets.
 *
 * @param geometry which rows there are
 * @param image the images
 */
record ShallowPatches(ShallowRows geometry, ChannelsLastImage image) implements LeftFactor {
  @Override
  public int pieceDepth() {
    return geometry.pieceDepth();
  }

  @Override
  public long rowStride() {
    return Float.BYTES;
  }

  @Override
  public long depthStride() {
    return geometry.row().outputBytes();
  }

  @Override
  public void pack(long base, int first, int count, int start, int depth, Workspace workspace) {
    PatchRow row = geometry.row();
    PixelStrides strides = image.strides();
    int width = row.columns().outputs().count();
    int height = geometry.rows().outputs().count();
    int line = start / width;
    long whole = base + line / height * strides.image();
    int tileRows = geometry.tileRows();
    int tilesOfARow = geometry.ofAKernelRow() / tileRows;
    int end = Math.ceilDiv(first + count, tileRows);
    long copy = workspace.left();
    for (int tile = first / tileRows; tile < end; ) {
      int source = geometry.rows().source(tile / tilesOfARow, line % height);
      long from = source < 0 ? 0 : whole + source * strides.row();
      row.copy(image, from, start % width, depth, copy);
      int inRow = tile % tilesOfARow;
      int taken = Math.min(tilesOfARow - inRow, end - tile);
      long table = workspace.tiles() + (tile - first / tileRows) * (long) Long.BYTES;
      long tileBytes = tileRows * rowStride();
      AddressTable.spaced(table, taken, copy + inRow * tileBytes, tileBytes);
      copy += geometry.copyBytes();
      tile += taken;
    }
  }
}
