package dev.tempera.reference;

import dev.tempera.backend.BlockPool;
import dev.tempera.backend.MemoryStatistics;
import dev.tempera.data.HostStorage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Main memory in blocks of a {@link BlockPool}, and the count of what is lent. Storages have no
 * arenas of their own, because closing one halts every thread of the process. Safe to use from any
 * thread.
 */
public final class HostMemory {
  private static final long ALIGNMENT = 64;

  private final BlockPool<Chunk> pool = new BlockPool<>(new ArenaSource());
  private long live;
  private long peak;
  private long storages;

  /** Memory of which nothing is lent. */
  public HostMemory() {}

  private record Chunk(Arena arena, MemorySegment segment) {}

  /** Obtains chunks as arenas. */
  private static final class ArenaSource implements BlockPool.Source<Chunk> {
    @Override
    public Chunk obtain(long bytes) {
      Arena arena = Arena.ofShared();
      return new Chunk(arena, arena.allocate(bytes, ALIGNMENT));
    }

    @Override
    public void giveBack(Chunk chunk) {
      chunk.arena.close();
    }
  }

  /** A new storage, filled with zeros. */
  HostStorage storage(long bytes) {
    BlockPool.Block<Chunk> block = take(bytes);
    MemorySegment segment = block.memory().segment().asSlice(block.offset(), bytes).fill((byte) 0);
    return new HostStorage(segment, () -> giveBack(block, bytes));
  }

  private synchronized BlockPool.Block<Chunk> take(long bytes) {
    BlockPool.Block<Chunk> block = pool.take(Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT);
    live += bytes;
    peak = Math.max(peak, live);
    storages++;
    return block;
  }

  private synchronized void giveBack(BlockPool.Block<Chunk> block, long bytes) {
    live -= bytes;
    storages--;
    pool.giveBack(block);
  }

  /** What is held now and was held at most. */
  synchronized MemoryStatistics statistics() {
    return new MemoryStatistics(live, peak, pool.used(), storages, pool.systemAllocations());
  }
}
