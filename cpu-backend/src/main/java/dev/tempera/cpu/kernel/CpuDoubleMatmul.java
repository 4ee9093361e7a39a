package dev.tempera.cpu.kernel;

import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Scratch;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.CopyLoops;
import dev.tempera.cpu.simd.DoubleMatmulKernel;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/**
 * Products of stacks of float64 matrices, for checking. Both factors are packed as wholes into
 * strips as wide as a tile; a task is a row of tiles under one strip of the right factor.
 */
public final class CpuDoubleMatmul {
  /** Tiles of one column that one task computes: their left strips stay in the second cache. */
  private static final int TILES = 8;

  private final CpuMemory memory;
  private final Workers workers;

  /** Products in this memory by these threads. */
  public CpuDoubleMatmul(CpuMemory memory, Workers workers) {
    this.memory = memory;
    this.workers = workers;
  }

  /** See {@link dev.tempera.backend.MatmulOps#matmul}; float64 only. */
  public View matmul(View a, View b) {
    int stack = Math.max(a.shape().dim(0), b.shape().dim(0));
    int rows = a.shape().dim(1);
    int depth = a.shape().dim(2);
    int columns = b.shape().dim(2);
    Shape shape = Shape.of(stack, rows, columns);
    View result = memory.allocate(DType.FLOAT64, shape, MemoryOrder.ROW_MAJOR);
    if (shape.size() == 0) {
      return result;
    }
    Strips left = new Strips(a, 1, 2, DoubleMatmulKernel.ROWS);
    Strips right = new Strips(b, 2, 1, DoubleMatmulKernel.COLUMNS);
    int rowTasks = Math.ceilDiv(left.count(), TILES);
    int tasks = Math.multiplyExact(rowTasks, right.count());
    try (Scratch leftPacked = memory.scratch(left.bytes());
        Scratch rightPacked = memory.scratch(right.bytes())) {
      for (int matrix = 0; matrix < stack; matrix++) {
        left.pack(workers, matrix, leftPacked.address());
        right.pack(workers, matrix, rightPacked.address());
        Tiles tiles =
            new Tiles(
                leftPacked.address(),
                rightPacked.address(),
                depth,
                Addresses.of(result) + (long) matrix * rows * columns * Double.BYTES,
                rows,
                columns);
        workers.run(
            tasks,
            memory,
            (long) DoubleMatmulKernel.ROWS * DoubleMatmulKernel.COLUMNS * Double.BYTES,
            (task, tile) -> tiles.compute(task % rowTasks * TILES, task / rowTasks, tile));
      }
    }
    return result;
  }

  /**
   * One factor as strips: so many rows (or columns) side by side, one inner index after another.
   *
   * @param acrossAxis the axis of the matrix that is cut into strips
   * @param depthAxis the inner axis
   * @param width of a strip; the last is filled up with zeros
   */
  private record Strips(View matrices, int acrossAxis, int depthAxis, int width) {
    int count() {
      return Math.ceilDiv(matrices.shape().dim(acrossAxis), width);
    }

    private int depth() {
      return matrices.shape().dim(depthAxis);
    }

    long bytes() {
      return (long) count() * width * depth() * Double.BYTES;
    }

    void pack(Workers workers, int matrix, long target) {
      long step = matrices.shape().dim(0) == 1 ? 0 : matrices.stride(0) * Double.BYTES;
      long source = Addresses.of(matrices) + matrix * step;
      long across = matrices.stride(acrossAxis) * Double.BYTES;
      long along = matrices.stride(depthAxis) * Double.BYTES;
      long stripBytes = (long) width * depth() * Double.BYTES;
      workers.run(
          count(),
          strip -> {
            int filled = Math.min(width, matrices.shape().dim(acrossAxis) - strip * width);
            long to = target + strip * stripBytes;
            if (filled < width) {
              CopyLoops.fill(to, stripBytes, 0);
            }
            for (int i = 0; i < filled; i++) {
              long from = source + (long) (strip * width + i) * across;
              long place = to + (long) i * Double.BYTES;
              CopyLoops.run(from, along, place, (long) width * Double.BYTES, depth(), Double.BYTES);
            }
          });
    }
  }

  /** One product of packed factors, tile by tile. */
  private record Tiles(long left, long right, int depth, long result, int rows, int columns) {
    /** Computes up to {@link #TILES} tiles under one another. */
    void compute(int firstTile, int strip, long tile) {
      int width = DoubleMatmulKernel.COLUMNS;
      int height = DoubleMatmulKernel.ROWS;
      long rightStrip = right + (long) strip * width * depth * Double.BYTES;
      int filled = Math.min(width, columns - strip * width);
      int end = Math.min(firstTile + TILES, Math.ceilDiv(rows, height));
      for (int i = firstTile; i < end; i++) {
        long leftStrip = left + (long) i * height * depth * Double.BYTES;
        DoubleMatmulKernel.multiply(leftStrip, rightStrip, tile, depth);
        for (int row = 0; row < Math.min(height, rows - i * height); row++) {
          long to =
              result + ((i * height + row) * (long) columns + (long) strip * width) * Double.BYTES;
          CopyLoops.block(
              tile + (long) row * width * Double.BYTES, to, (long) filled * Double.BYTES);
        }
      }
    }
  }
}
