package dev.tempera.cpu.product;

import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Scratch;

/** The workspaces of one packed product, as many as tasks can run at once. */
public final class Workspaces implements AutoCloseable {
  private final Scratch memory;
  private final Workspace[] idle;
  private int count;

  /** Workspaces for blocks of a grid. */
  public static Workspaces of(CpuMemory memory, BlockGrid grid, int count) {
    return new Workspaces(
        memory,
        count,
        (long) grid.rowBlock() * BlockProduct.DEPTH * Float.BYTES,
        (long) grid.panelWidth() * BlockProduct.DEPTH * Float.BYTES,
        (long) grid.rowBlock() * grid.columnBlock() * Float.BYTES,
        (long) Math.max(grid.rowBlock(), BlockProduct.DEPTH) * Long.BYTES);
  }

  /**
   * Workspaces with areas of so many bytes.
   *
   * @param count how many of them
   */
  public Workspaces(CpuMemory memory, int count, long left, long right, long sums, long table) {
    long rightStart = aligned(left);
    long sumsStart = rightStart + aligned(right);
    long tableStart = sumsStart + aligned(sums);
    long size = tableStart + aligned(table);
    this.memory = memory.scratch(size * count);
    this.idle = new Workspace[count];
    this.count = count;
    for (int i = 0; i < count; i++) {
      long start = this.memory.address() + i * size;
      idle[i] = new Workspace(start, start + rightStart, start + sumsStart, start + tableStart);
    }
  }

  /** Rounds up so that neighbours neither share a cache line nor meet in the same cache sets. */
  private static long aligned(long bytes) {
    return Math.ceilDiv(bytes, 64) * 64 + 128;
  }

  /** The workspace given back last, whose memory is likely still in cache. */
  public synchronized Workspace take() {
    return idle[--count];
  }

  /** Gives a workspace back. */
  public synchronized void give(Workspace workspace) {
    idle[count++] = workspace;
  }

  /** Gives the memory back to the pool. */
  @Override
  public void close() {
    memory.close();
  }
}
