package dev.tempera.cpu.runtime;

import dev.tempera.backend.BackendException;
import dev.tempera.backend.MemoryStatistics;
import dev.tempera.data.DType;
import dev.tempera.data.HostStorage;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.Storage;
import dev.tempera.data.View;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * The memory of the CPU backend: off-heap blocks, aligned to 64 bytes or more, that wait in a pool
 * by size class when nobody holds them, so that a computation that repeats obtains nothing from the
 * system after its first round.
 *
 * <p>Blocks that were not needed for the last few thousand requests go back to the system, and all
 * idle ones do when the system has no memory left. Safe to use from any thread.
 */
public final class CpuMemory {
  /** How many requests a block waits for one that it fits. */
  private static final long PATIENCE = 8192;

  private static final long REQUESTS_BETWEEN_TRIMS = 1024;

  private final BlockGuard guard;
  private final boolean keepsForms;
  private final Map<Long, Deque<Block>> idle = new HashMap<>();
  private long requests;
  private long live;
  private long peak;
  private long reserved;
  private long storages;
  private long systemAllocations;

  /** Memory of which kernels may keep some for transformed forms of frozen storages. */
  public CpuMemory() {
    this(BlockGuard.NONE, true);
  }

  private CpuMemory(BlockGuard guard, boolean keepsForms) {
    this.guard = guard;
    this.keepsForms = keepsForms;
  }

  /** Memory of which kernels keep nothing: they make transformed forms for each use. */
  public static CpuMemory lean() {
    return new CpuMemory(BlockGuard.NONE, false);
  }

  /**
   * Memory for tests: giving some back throws {@link IllegalStateException} if anything was written
   * before or after it, and undefined content is NaN.
   */
  public static CpuMemory guarded() {
    return new CpuMemory(BlockGuard.ZONES, true);
  }

  /** A new dense view whose content is undefined. */
  public View allocate(DType dtype, Shape shape, MemoryOrder order) {
    return allocate(dtype, shape, order.strides(shape));
  }

  /**
   * A new view whose content is undefined.
   *
   * @param strides those of a dense tensor of this shape, with its axes in any order
   */
  public View allocate(DType dtype, Shape shape, long[] strides) {
    return View.of(storage(shape.size() * dtype.byteSize()), dtype, shape, strides, 0);
  }

  /** A new storage of so many bytes, content undefined. */
  public HostStorage storage(long bytes) {
    Block block = take(bytes);
    return new HostStorage(guard.arm(block.segment(), bytes), () -> giveBack(block, bytes));
  }

  /**
   * A new storage that stays while others come and go, content undefined. It takes no block out of
   * the pool that a computation will want again when it repeats.
   */
  public HostStorage lastingStorage(long bytes) {
    Block block = takeNew(bytes);
    return new HostStorage(guard.arm(block.segment(), bytes), () -> giveBack(block, bytes));
  }

  /** Memory for use inside a kernel, content undefined; close it to give it back. */
  public Scratch scratch(long bytes) {
    Block block = take(bytes);
    long address = guard.arm(block.segment(), bytes).address();
    return new Scratch(address, () -> giveBack(block, bytes));
  }

  /**
   * Whether kernels keep transformed forms of this storage with it, by {@link Storage#prepared},
   * instead of making them for each use.
   */
  public boolean keepsFormsOf(Storage storage) {
    return keepsForms && storage.isFrozen();
  }

  /** The size of the block that so many bytes are kept in. */
  public long blockSize(long bytes) {
    return SizeClass.of(guard.sizeAround(bytes));
  }

  /** What is held now and was held at most, storages and scratch memory together. */
  public synchronized MemoryStatistics statistics() {
    return new MemoryStatistics(live, peak, reserved, storages, systemAllocations);
  }

  private synchronized Block take(long bytes) {
    requests++;
    if (requests % REQUESTS_BETWEEN_TRIMS == 0) {
      releaseIdle(requests - PATIENCE);
    }
    long size = blockSize(bytes);
    Deque<Block> waiting = idle.get(size);
    Block block = waiting == null ? null : waiting.pollLast();
    return counted(block == null ? obtained(size) : block, bytes);
  }

  private synchronized Block takeNew(long bytes) {
    requests++;
    return counted(obtained(blockSize(bytes)), bytes);
  }

  private Block counted(Block block, long bytes) {
    live += bytes;
    peak = Math.max(peak, live);
    storages++;
    return block;
  }

  private Block obtained(long size) {
    Block block = fromSystem(size);
    reserved += size;
    systemAllocations++;
    return block;
  }

  private Block fromSystem(long size) {
    try {
      return Block.fromSystem(size);
    } catch (OutOfMemoryError firstFailure) {
      releaseIdle(requests);
    }
    try {
      return Block.fromSystem(size);
    } catch (OutOfMemoryError e) {
      throw new BackendException(
          "cpu: the system has no memory left\n  wanted  "
              + size
              + " bytes\n  held    "
              + live
              + " bytes in "
              + storages
              + " storages\n  hint    use smaller images, or close scopes earlier");
    }
  }

  /** Gives back to the system what has been idle since that request or longer. */
  private void releaseIdle(long since) {
    for (Deque<Block> waiting : idle.values()) {
      Iterator<Block> blocks = waiting.iterator();
      while (blocks.hasNext()) {
        Block block = blocks.next();
        if (block.idleSince() <= since) {
          blocks.remove();
          reserved -= block.size();
          block.free();
        }
      }
    }
  }

  private synchronized void giveBack(Block block, long bytes) {
    guard.check(block.segment(), bytes);
    live -= bytes;
    storages--;
    block.rest(requests);
    idle.computeIfAbsent(block.size(), size -> new ArrayDeque<>()).addLast(block);
  }
}
