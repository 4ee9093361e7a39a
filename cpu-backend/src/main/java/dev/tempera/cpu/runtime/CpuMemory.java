package dev.tempera.cpu.runtime;

import dev.tempera.backend.BackendException;
import dev.tempera.backend.BlockPool;
import dev.tempera.backend.MemoryStatistics;
import dev.tempera.data.DType;
import dev.tempera.data.HostStorage;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.Storage;
import dev.tempera.data.View;
import java.lang.foreign.MemorySegment;

/**
 * The memory of the CPU backend: off-heap blocks of a {@link BlockPool}, aligned to 64 bytes or
 * more. Safe to use from any thread.
 */
public final class CpuMemory {
  private static final BlockPool.Source<Chunk> SYSTEM =
      new BlockPool.Source<>() {
        @Override
        public Chunk obtain(long bytes) {
          return Chunk.fromSystem(bytes);
        }

        @Override
        public void giveBack(Chunk chunk) {
          chunk.free();
        }
      };

  private final BlockGuard guard;
  private final boolean keepsForms;
  private final BlockPool<Chunk> pool = new BlockPool<>(SYSTEM);
  private long live;
  private long peak;
  private long storages;

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
    BlockPool.Block<Chunk> block = take(bytes);
    return new HostStorage(guard.arm(segment(block), bytes), () -> giveBack(block, bytes));
  }

  /**
   * A new storage that stays while others come and go, content undefined. It takes no block out of
   * the pool that a computation will want again when it repeats.
   */
  public HostStorage lastingStorage(long bytes) {
    BlockPool.Block<Chunk> block = takeLasting(bytes);
    return new HostStorage(guard.arm(segment(block), bytes), () -> giveBack(block, bytes));
  }

  /** Memory for use inside a kernel, content undefined; close it to give it back. */
  public Scratch scratch(long bytes) {
    BlockPool.Block<Chunk> block = take(bytes);
    long address = guard.arm(segment(block), bytes).address();
    return new Scratch(address, () -> giveBack(block, bytes));
  }

  private static MemorySegment segment(BlockPool.Block<Chunk> block) {
    return block.memory().segment().asSlice(block.offset(), block.size());
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
    return new MemoryStatistics(live, peak, pool.used(), storages, pool.systemAllocations());
  }

  private synchronized BlockPool.Block<Chunk> take(long bytes) {
    try {
      return counted(pool.take(blockSize(bytes)), bytes);
    } catch (OutOfMemoryError e) {
      throw noMemoryFor(bytes);
    }
  }

  private synchronized BlockPool.Block<Chunk> takeLasting(long bytes) {
    try {
      return counted(pool.takeLasting(blockSize(bytes)), bytes);
    } catch (OutOfMemoryError e) {
      throw noMemoryFor(bytes);
    }
  }

  private BlockPool.Block<Chunk> counted(BlockPool.Block<Chunk> block, long bytes) {
    live += bytes;
    peak = Math.max(peak, live);
    storages++;
    return block;
  }

  private BackendException noMemoryFor(long bytes) {
    return new BackendException(
        "cpu: the system has no memory left\n  wanted  "
            + bytes
            + " bytes\n  held    "
            + live
            + " bytes in "
            + storages
            + " storages\n  hint    use smaller images, or close scopes earlier");
  }

  private synchronized void giveBack(BlockPool.Block<Chunk> block, long bytes) {
    guard.check(segment(block), bytes);
    live -= bytes;
    storages--;
    pool.giveBack(block);
  }
}
