package dev.tempera.cpu.convolution;

import dev.tempera.backend.KernelMemory;
import dev.tempera.cpu.product.BlockGrid;
import dev.tempera.cpu.product.DenseProduct;
import dev.tempera.cpu.product.RightMatrix;
import dev.tempera.cpu.product.Workspaces;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Scratch;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.MatmulKernel;
import dev.tempera.cpu.simd.RowLoops;
import dev.tempera.data.View;
import java.util.List;

/**
 * The gradient of the weights of a convolution of few channels, such as those of a picture: the
 * product of the patches, transposed, with the output gradient. Neither factor need be packed.
 *
 * @param memory for sums and workspaces
 * @param workers the threads
 * @param rows which image rows the taps meet
 * @param columns which image columns the taps meet; compact
 * @param images how many
 * @param channels of an image
 * @param outputs channels of the output gradient
 */
record ShallowWeightGradient(
    CpuMemory memory,
    Workers workers,
    PatchAxis rows,
    PatchAxis columns,
    int images,
    int channels,
    int outputs) {
  private static final int MOST_CHANNELS = 8;

  /** Shorter pieces would load and store the sums too often. */
  private static final int SHORTEST_PIECE = 32;

  /** Whether a gradient can be computed so. */
  static boolean suits(PatchAxis columns, int groups, int channels) {
    return groups == 1
        && channels > 0
        && channels <= MOST_CHANNELS
        && columns.isCompact()
        && columns.outputs().count() > 0
        && ShallowRows.pieceDepth(columns) >= SHORTEST_PIECE;
  }

  private ShallowRows geometry() {
    int tileRows = MatmulKernel.tileRows(MatmulKernel.panelWidth(outputs));
    return new ShallowRows(rows, new PatchRow(columns, channels), tileRows);
  }

  private DenseProduct product(ShallowRows geometry) {
    int lines = Math.multiplyExact(images, rows.outputs().count());
    int pixels = Math.multiplyExact(lines, columns.outputs().count());
    BlockGrid grid = BlockGrid.of(geometry.count(), outputs, DenseProduct.mostParts(pixels));
    Workspaces.Areas areas = Workspaces.Areas.of(grid).withLeft(geometry.copyBytes(grid));
    return new DenseProduct(memory, workers, 1, grid, pixels, geometry.pieceDepth(), areas);
  }

  private long sumsBytes(ShallowRows geometry) {
    return (long) geometry.count() * outputs * Float.BYTES;
  }

  /** What a run takes besides its result and copies of images. */
  KernelMemory kernelMemory() {
    ShallowRows geometry = geometry();
    return new KernelMemory(product(geometry).scratchBytes(), List.of())
        .plus(KernelMemory.scratch(sumsBytes(geometry)));
  }

  /**
   * Computes the gradient.
   *
   * @param result address of (Cout, Cin, kH, kW)
   */
  void run(View x, View gradient, long result) {
    ShallowRows geometry = geometry();
    DenseProduct product = product(geometry);
    try (ChannelsLastImage image = ChannelsLastImage.of(x, memory, workers);
        ChannelsLastImage dense = ChannelsLastImage.denseOf(gradient, memory, workers);
        Scratch sums = memory.scratch(sumsBytes(geometry))) {
      long pixelBytes = dense.strides().pixel();
      product.run(
          new ShallowPatches(geometry, image),
          new RightMatrix(pixelBytes, Float.BYTES, product.grid().panelWidth()),
          new DenseProduct.Operand(image.address(), 0),
          new DenseProduct.Operand(dense.address(), 0),
          sums.address());
      moveOutputsOutside(geometry, sums.address(), result);
    }
  }

  /**
   * Copies (kH, kW, Cin, Cout), with unused rows after those of each kH, to (Cout, Cin, kH, kW).
   */
  private void moveOutputsOutside(ShallowRows geometry, long sums, long result) {
    int kernelRows = rows.taps().count();
    int taps = columns.taps().count();
    long rowBytes = (long) outputs * Float.BYTES;
    long channelBytes = (long) kernelRows * taps * Float.BYTES;
    for (int output = 0; output < outputs; output++) {
      for (int kernelRow = 0; kernelRow < kernelRows; kernelRow++) {
        RowLoops.gather(
            sums
                + (long) kernelRow * geometry.ofAKernelRow() * rowBytes
                + output * (long) Float.BYTES,
            rowBytes,
            channels * rowBytes,
            channels,
            taps,
            result
                + (long) output * channels * channelBytes
                + (long) kernelRow * taps * Float.BYTES,
            channelBytes);
      }
    }
  }
}
