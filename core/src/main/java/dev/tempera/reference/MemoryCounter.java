package dev.tempera.reference;

import dev.tempera.backend.MemoryStatistics;

/** Counts bytes that are given out and come back. */
public final class MemoryCounter {
  private long live;
  private long peak;
  private long storages;
  private long allocations;

  /** Notes that bytes were given out. */
  public synchronized void add(long bytes) {
    live += bytes;
    peak = Math.max(peak, live);
    storages++;
    allocations++;
  }

  /** Notes that bytes came back. */
  public synchronized void remove(long bytes) {
    live -= bytes;
    storages--;
  }

  /** The counts so far. */
  public synchronized MemoryStatistics statistics() {
    return new MemoryStatistics(live, peak, live, storages, allocations);
  }
}
