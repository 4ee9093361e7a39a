package dev.tempera.cpu.kernel;

import dev.tempera.backend.KernelMemory;
import dev.tempera.cpu.product.BlockGrid;
import dev.tempera.cpu.product.DenseProduct;
import dev.tempera.cpu.product.LeftFactor;
import dev.tempera.cpu.product.LeftMatrix;
import dev.tempera.cpu.product.PackedPanels;
import dev.tempera.cpu.product.RightMatrix;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Scratch;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.util.List;

/**
 * Products of stacks of float32 matrices: see {@link dev.tempera.cpu.product.BlockProduct}.
 * Operands may have any strides; those with elements side by side along either axis are packed by
 * plain copies.
 */
public final class CpuMatmul {
  /** Where packing is a plain copy, a pass over the whole factor pays after more rows of blocks. */
  private static final int ROW_BLOCKS_WORTH_PACKING = 4;

  private final CpuMemory memory;
  private final Workers workers;

  /** Products in this memory by these threads. */
  public CpuMatmul(CpuMemory memory, Workers workers) {
    this.memory = memory;
    this.workers = workers;
  }

  /** See {@link dev.tempera.backend.MatmulOps#matmul}; float32 only. */
  public View matmul(View a, View b) {
    int stack = Math.max(a.shape().dim(0), b.shape().dim(0));
    int rows = a.shape().dim(1);
    int depth = a.shape().dim(2);
    int columns = b.shape().dim(2);
    View result =
        memory.allocate(DType.FLOAT32, Shape.of(stack, rows, columns), MemoryOrder.ROW_MAJOR);
    if (result.shape().size() == 0) {
      return result;
    }
    DenseProduct dense = dense(a, b);
    BlockGrid grid = dense.grid();
    LeftFactor left = new LeftMatrix(bytes(a, 1), bytes(a, 2), grid);
    RightMatrix right = new RightMatrix(bytes(b, 1), bytes(b, 2), grid.panelWidth());
    DenseProduct.Operand first = operand(a);
    DenseProduct.Operand second = operand(b);
    long target = Addresses.of(result);
    if (!isPacked(right, grid)) {
      dense.run(left, right, first, second, target);
      return result;
    }
    PackedPanels panels = new PackedPanels(depth, columns, grid.panelWidth());
    int matrices = matrices(b);
    try (Scratch packed = memory.scratch(panels.bytes() * matrices)) {
      for (int i = 0; i < matrices; i++) {
        long place = packed.address() + i * panels.bytes();
        panels.pack(workers, right, second.address() + i * second.stride(), place);
      }
      long stride = matrices == 1 ? 0 : panels.bytes();
      dense.run(left, panels, first, new DenseProduct.Operand(packed.address(), stride), target);
    }
    return result;
  }

  private DenseProduct dense(View a, View b) {
    int stack = Math.max(a.shape().dim(0), b.shape().dim(0));
    int depth = a.shape().dim(2);
    int alike = Math.multiplyExact(stack, DenseProduct.mostParts(depth));
    BlockGrid grid = BlockGrid.of(a.shape().dim(1), b.shape().dim(2), alike);
    return new DenseProduct(memory, workers, stack, grid, depth);
  }

  /** Whether the right factor is packed as a whole, and not again for every row of blocks. */
  private static boolean isPacked(RightMatrix right, BlockGrid grid) {
    return !right.liesReady(grid.columns())
        && grid.rowBlocks() > (right.isCheap() ? ROW_BLOCKS_WORTH_PACKING : 1);
  }

  /** How many different matrices a stack has. */
  private static int matrices(View stack) {
    return stack.stride(0) == 0 ? 1 : stack.shape().dim(0);
  }

  /** What a product takes besides its result. */
  public KernelMemory memoryOf(View a, View b) {
    DenseProduct dense = dense(a, b);
    BlockGrid grid = dense.grid();
    if (grid.rows() == 0 || grid.columns() == 0 || dense.stack() == 0) {
      return KernelMemory.NONE;
    }
    KernelMemory product = new KernelMemory(dense.scratchBytes(), List.of());
    RightMatrix right = new RightMatrix(bytes(b, 1), bytes(b, 2), grid.panelWidth());
    PackedPanels panels = new PackedPanels(dense.depth(), grid.columns(), grid.panelWidth());
    return isPacked(right, grid)
        ? product.plus(KernelMemory.scratch(panels.bytes() * matrices(b)))
        : product;
  }

  private static DenseProduct.Operand operand(View matrices) {
    long stride = matrices.shape().dim(0) == 1 ? 0 : bytes(matrices, 0);
    return new DenseProduct.Operand(Addresses.of(matrices), stride);
  }

  private static long bytes(View view, int axis) {
    return view.stride(axis) * Float.BYTES;
  }
}
