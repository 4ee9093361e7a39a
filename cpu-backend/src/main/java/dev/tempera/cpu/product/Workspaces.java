package dev.tempera.cpu.product;

import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Scratch;

/** The workspaces of one packed product, as many as tasks can run at once. */
public final class Workspaces implements AutoCloseable {
  private final Scratch memory;
  private final Workspace[] idle;
  private int count;

  /**
   * How many bytes each area of a workspace has.
   *
   * @param left for a packed piece of the left factor
   * @param right for a packed piece of a panel of the right factor
   * @param sums for the panels of sums
   * @param table for addresses of rows
   * @param tiles for addresses of tiles
   */
  public record Areas(long left, long right, long sums, long table, long tiles) {
    /** Areas for blocks of a grid. */
    public static Areas of(BlockGrid grid) {
      return new Areas(
          (long) grid.rowBlock() * BlockProduct.DEPTH * Float.BYTES,
          (long) grid.panelWidth() * BlockProduct.DEPTH * Float.BYTES,
          (long) grid.rowBlock() * grid.columnBlock() * Float.BYTES,
          (long) Math.max(grid.rowBlock(), BlockProduct.DEPTH) * Long.BYTES,
          (long) grid.rowBlock() / grid.tileRows() * Long.BYTES);
    }

    /** The same with another area for the left factor. */
    public Areas withLeft(long bytes) {
      return new Areas(bytes, right, sums, table, tiles);
    }

    /** Bytes of one workspace. */
    public long bytes() {
      return tilesStart() + aligned(tiles);
    }

    private long sumsStart() {
      return aligned(left) + aligned(right);
    }

    private long tableStart() {
      return sumsStart() + aligned(sums);
    }

    private long tilesStart() {
      return tableStart() + aligned(table);
    }

    /** Rounds up so that neighbours neither share a cache line nor meet in the same cache sets. */
    private static long aligned(long bytes) {
      return Math.ceilDiv(bytes, 64) * 64 + 128;
    }
  }

  /** Workspaces for blocks of a grid. */
  public static Workspaces of(CpuMemory memory, BlockGrid grid, int count) {
    return new Workspaces(memory, count, Areas.of(grid));
  }

  /**
   * Workspaces with these areas.
   *
   * @param count how many of them
   */
  public Workspaces(CpuMemory memory, int count, Areas areas) {
    long size = areas.bytes();
    this.memory = memory.scratch(size * count);
    this.idle = new Workspace[count];
    this.count = count;
    for (int i = 0; i < count; i++) {
      long start = this.memory.address() + i * size;
      idle[i] =
          new Workspace(
              start,
              start + Areas.aligned(areas.left),
              start + areas.sumsStart(),
              start + areas.tableStart(),
              start + areas.tilesStart());
    }
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
