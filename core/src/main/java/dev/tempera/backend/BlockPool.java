package dev.tempera.backend;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Memory that is obtained in chunks, lent in blocks, and kept for the next block when one comes
 * back, so that a computation that repeats obtains nothing after its first rounds. This is the
 * bookkeeping alone: backends and forecasts share it, the one with memory behind it, the other
 * without.
 *
 * <p>Chunks are larger than most blocks, each as large as all before it together, and used from the
 * front: memory beyond what was ever used costs nothing where the system provides pages when they
 * are first written. A block takes the smallest idle piece that holds it. What it leaves of that is
 * a piece of its own, and idle neighbours become one piece again. Small blocks have chunks of their
 * own, and so have large ones that stay for long. Chunks that were wholly idle for thousands of
 * requests are given back.
 *
 * <p>Not safe for use by several threads.
 *
 * @param <C> the type of the memory of a chunk
 */
public final class BlockPool<C> {
  /** How many requests a chunk waits for one that it fits. */
  private static final long PATIENCE = 8192;

  private static final long REQUESTS_BETWEEN_TRIMS = 1024;

  private static final long LARGE = 1 << 20;

  private final Source<C> source;
  private final Shelf<C> small = new Shelf<>(4 * LARGE);
  private final Shelf<C> large = new Shelf<>(64 * LARGE);
  private final Shelf<C> lasting = new Shelf<>(64 * LARGE);
  private long requests;
  private long used;
  private long systemAllocations;

  /**
   * Where chunks come from.
   *
   * @param <C> the type of the memory of a chunk
   */
  public interface Source<C> {
    /**
     * Memory for a new chunk.
     *
     * @throws OutOfMemoryError if there is none left
     */
    C obtain(long bytes);

    /** Takes it back. */
    void giveBack(C memory);
  }

  /** Chunks for blocks of one kind, and their idle pieces by size. */
  private static final class Shelf<C> {
    private final long leastChunk;
    private final List<Chunk<C>> chunks = new ArrayList<>();
    private final NavigableMap<Long, SequencedSet<Block<C>>> idle = new TreeMap<>();

    private Shelf(long leastChunk) {
      this.leastChunk = leastChunk;
    }

    /** How large the next chunk is at least. */
    long nextChunk() {
      return Math.max(leastChunk, chunks.stream().mapToLong(chunk -> chunk.size).sum());
    }

    void add(Block<C> block, long since) {
      block.isIdle = true;
      block.idleSince = since;
      idle.computeIfAbsent(block.size, size -> new LinkedHashSet<>()).add(block);
    }

    void remove(Block<C> block) {
      block.isIdle = false;
      SequencedSet<Block<C>> alike = idle.get(block.size);
      if (alike != null) {
        alike.remove(block);
        if (alike.isEmpty()) {
          idle.remove(block.size);
        }
      }
    }

    /** The smallest piece that is large enough, of several the one that came back last. */
    @Nullable Block<C> smallestIdle(long size) {
      Map.Entry<Long, SequencedSet<Block<C>>> alike = idle.ceilingEntry(size);
      return alike == null ? null : alike.getValue().getLast();
    }
  }

  /** What was obtained at once; {@code used} bytes at its front have been lent at some time. */
  private static final class Chunk<C> {
    private final Shelf<C> shelf;
    private final C memory;
    private final long size;
    private long used;
    private @Nullable Block<C> last;

    private Chunk(Shelf<C> shelf, C memory, long size) {
      this.shelf = shelf;
      this.memory = memory;
      this.size = size;
    }

    /** Where the next block at the end begins. */
    private long end() {
      return last != null && last.isIdle ? last.offset : used;
    }
  }

  /**
   * A piece of a chunk, lent or idle.
   *
   * @param <C> the type of the memory of a chunk
   */
  public static final class Block<C> {
    private final Chunk<C> chunk;
    private final long offset;
    private long size;
    private boolean isIdle;
    private long idleSince;
    private @Nullable Block<C> before;
    private @Nullable Block<C> after;

    private Block(Chunk<C> chunk, long offset, long size) {
      this.chunk = chunk;
      this.offset = offset;
      this.size = size;
    }

    /** The memory of the chunk that it is a piece of. */
    public C memory() {
      return chunk.memory;
    }

    /** Bytes from the chunk's start to the block's. */
    public long offset() {
      return offset;
    }

    /** Its size in bytes: what was asked for. */
    public long size() {
      return size;
    }

    /** Makes what lies behind the first bytes a block of its own. */
    private Block<C> cutAfter(long bytes) {
      Block<C> rest = new Block<>(chunk, offset + bytes, size - bytes);
      rest.before = this;
      rest.after = after;
      if (after == null) {
        chunk.last = rest;
      } else {
        after.before = rest;
      }
      after = rest;
      size = bytes;
      return rest;
    }

    /** Takes in the block behind this one. */
    private void join(Block<C> next) {
      size += next.size;
      after = next.after;
      if (after == null) {
        chunk.last = this;
      } else {
        after.before = this;
      }
    }
  }

  /** A pool that has nothing yet. */
  public BlockPool(Source<C> source) {
    this.source = source;
  }

  /**
   * Lends a block.
   *
   * @param size in bytes, at least 1
   * @throws OutOfMemoryError if memory must be obtained and there is none left
   */
  public Block<C> take(long size) {
    requests++;
    if (requests % REQUESTS_BETWEEN_TRIMS == 0) {
      releaseIdle(requests - PATIENCE);
    }
    Shelf<C> shelf = shelf(size);
    Block<C> block = shelf.smallestIdle(size);
    if (block == null) {
      return atTheEnd(shelf, size);
    }
    shelf.remove(block);
    if (block.size > size) {
      shelf.add(block.cutAfter(size), block.idleSince);
    }
    return block;
  }

  /**
   * Lends a block that stays while others come and go: it takes no place that a computation will
   * want again when it repeats, and parts none.
   *
   * @param size in bytes, at least 1
   * @throws OutOfMemoryError if memory must be obtained and there is none left
   */
  public Block<C> takeLasting(long size) {
    requests++;
    systemAllocations++;
    Shelf<C> shelf = size < LARGE ? small : lasting;
    for (Chunk<C> chunk : shelf.chunks) {
      if (chunk.size - chunk.used >= size) {
        return append(chunk, size);
      }
    }
    return append(newChunk(shelf, size), size);
  }

  /** Takes a block back. */
  public void giveBack(Block<C> block) {
    Shelf<C> shelf = block.chunk.shelf;
    Block<C> whole = block;
    Block<C> next = block.after;
    if (next != null && next.isIdle) {
      shelf.remove(next);
      whole.join(next);
    }
    Block<C> previous = block.before;
    if (previous != null && previous.isIdle) {
      shelf.remove(previous);
      previous.join(whole);
      whole = previous;
    }
    shelf.add(whole, requests);
  }

  /** Bytes of all chunks that were lent at some time. */
  public long used() {
    return used;
  }

  /** How often memory was used that had not been used before. */
  public long systemAllocations() {
    return systemAllocations;
  }

  private Shelf<C> shelf(long size) {
    return size < LARGE ? small : large;
  }

  /** A block at the end of what was used of the first chunk with room, or of a new one. */
  private Block<C> atTheEnd(Shelf<C> shelf, long size) {
    systemAllocations++;
    for (Chunk<C> chunk : shelf.chunks) {
      if (chunk.size - chunk.end() >= size) {
        Block<C> last = chunk.last;
        return last != null && last.isIdle ? grown(shelf, last, size) : append(chunk, size);
      }
    }
    return append(newChunk(shelf, size), size);
  }

  /** An idle piece at the end of a chunk, made longer. */
  private Block<C> grown(Shelf<C> shelf, Block<C> last, long size) {
    shelf.remove(last);
    use(last.chunk, size - last.size);
    last.size = size;
    return last;
  }

  private Block<C> append(Chunk<C> chunk, long size) {
    Block<C> block = new Block<>(chunk, chunk.used, size);
    Block<C> last = chunk.last;
    block.before = last;
    if (last != null) {
      last.after = block;
    }
    chunk.last = block;
    use(chunk, size);
    return block;
  }

  private void use(Chunk<C> chunk, long more) {
    chunk.used += more;
    used += more;
  }

  private Chunk<C> newChunk(Shelf<C> shelf, long size) {
    Chunk<C> chunk = obtain(shelf, Math.max(size, shelf.nextChunk()), size);
    shelf.chunks.add(chunk);
    return chunk;
  }

  /** A new chunk, as large as wanted or, where the system refuses that, as large as needed. */
  private Chunk<C> obtain(Shelf<C> shelf, long wanted, long needed) {
    try {
      return new Chunk<>(shelf, source.obtain(wanted), wanted);
    } catch (OutOfMemoryError refused) {
      releaseIdle(requests);
      return new Chunk<>(shelf, source.obtain(needed), needed);
    }
  }

  private void releaseIdle(long since) {
    releaseIdle(small, since);
    releaseIdle(large, since);
    releaseIdle(lasting, since);
  }

  /** Gives back the chunks that have been idle since that request or longer. */
  private void releaseIdle(Shelf<C> shelf, long since) {
    shelf.chunks.removeIf(
        chunk -> {
          Block<C> last = chunk.last;
          if (last == null || !last.isIdle || last.offset > 0 || last.idleSince > since) {
            return false;
          }
          shelf.remove(last);
          used -= chunk.used;
          source.giveBack(chunk.memory);
          return true;
        });
  }
}
