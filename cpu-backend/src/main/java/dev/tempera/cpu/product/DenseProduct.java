package dev.tempera.cpu.product;

import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Scratch;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.SumLoops;
import java.util.List;

/**
 * A stack of packed products whose results are dense row-major matrices, shared by all threads.
 *
 * <p>Where the result has few blocks and the inner dimension is long, as in weight gradients, the
 * inner dimension is cut too: into parts that depend on the shapes alone, whose sums are added in
 * their order, so that the bits do not depend on the number of threads.
 *
 * @param memory for sums of parts and workspaces
 * @param workers the threads
 * @param stack how many products
 * @param grid how each result is cut into blocks
 * @param depth length of the inner dimension
 * @param pieceDepth the left factor's {@link LeftFactor#pieceDepth}
 * @param areas what a block works in
 */
public record DenseProduct(
    CpuMemory memory,
    Workers workers,
    int stack,
    BlockGrid grid,
    int depth,
    int pieceDepth,
    Workspaces.Areas areas) {
  private static final int ENOUGH_TASKS = 32;
  private static final int LEAST_PART = 16 * BlockProduct.DEPTH;

  /** A stack of products whose left factor has pieces of the usual depth. */
  public DenseProduct(CpuMemory memory, Workers workers, int stack, BlockGrid grid, int depth) {
    this(memory, workers, stack, grid, depth, BlockProduct.DEPTH, Workspaces.Areas.of(grid));
  }

  /** Where an operand begins and how far the next of the stack is, in bytes. */
  public record Operand(long address, long stride) {}

  /** How many parts of a product with this inner length are worth computing at once. */
  public static int mostParts(int depth) {
    return Math.max(1, depth / LEAST_PART);
  }

  /**
   * Computes all products.
   *
   * @param result address of the first of the results, which lie one after another
   */
  public void run(
      LeftFactor leftFactor, RightFactor rightFactor, Operand left, Operand right, long result) {
    int part = partLength();
    int parts = parts();
    long matrix = matrixBytes();
    int tasks = tasks();
    DenseSink sink = new DenseSink((long) grid.columns() * Float.BYTES, grid.panelWidth());
    BlockProduct product = new BlockProduct(leftFactor, rightFactor, sink, grid);
    try (Scratch sums = memory.scratch(partialSumBytes());
        Workspaces workspaces = new Workspaces(memory, workspaces(), areas)) {
      long target = parts == 1 ? result : sums.address();
      workers.run(
          tasks,
          task -> {
            int whole = task / grid.blocks();
            int block = task % grid.blocks();
            int start = whole % parts * part;
            int index = whole / parts;
            BlockProduct.Bases bases =
                new BlockProduct.Bases(
                    left.address + index * left.stride,
                    right.address + index * right.stride,
                    target + whole * matrix,
                    0);
            Workspace workspace = workspaces.take();
            product.run(bases, block, start, Math.min(start + part, depth), workspace);
            workspaces.give(workspace);
          });
      if (parts > 1) {
        addParts(sums.address(), parts, result);
      }
    }
  }

  /** The sizes of the blocks of memory that a run takes. */
  public List<Long> scratchBytes() {
    return List.of(partialSumBytes(), areas.bytes() * workspaces());
  }

  private long partialSumBytes() {
    return parts() == 1 ? 0 : matrixBytes() * parts() * stack;
  }

  private int workspaces() {
    return Math.min(tasks(), workers.threads());
  }

  private int tasks() {
    return Math.multiplyExact(Math.multiplyExact(stack, parts()), grid.blocks());
  }

  private long matrixBytes() {
    return (long) grid.rows() * grid.columns() * Float.BYTES;
  }

  private int parts() {
    return Math.max(1, Math.ceilDiv(depth, partLength()));
  }

  private int partLength() {
    int wanted = Math.ceilDiv(ENOUGH_TASKS, Math.max(1, stack * grid.blocks()));
    int parts = Math.min(wanted, mostParts(depth));
    int pieces = Math.ceilDiv(Math.ceilDiv(depth, parts), pieceDepth);
    return Math.max(1, pieces) * pieceDepth;
  }

  private void addParts(long sums, int parts, long result) {
    long row = (long) grid.columns() * Float.BYTES;
    long matrix = grid.rows() * row;
    workers.forRange(
        (long) stack * grid.rows(),
        8,
        (start, end) -> {
          for (long i = start; i < end; i++) {
            long first = sums + i / grid.rows() * parts * matrix + i % grid.rows() * row;
            SumLoops.add(first, matrix, parts, grid.columns(), result + i * row);
          }
        });
  }
}
