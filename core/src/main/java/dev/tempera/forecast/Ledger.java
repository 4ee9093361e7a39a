package dev.tempera.forecast;

import dev.tempera.backend.KernelMemory;
import dev.tempera.backend.MemoryModel;
import dev.tempera.backend.MemoryStatistics;
import dev.tempera.data.Storage;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the bytes that a backend would hold, by the operation that makes them, and the blocks that
 * its pool would obtain from the system. Opaque to everyone else.
 */
public final class Ledger {
  private final MemoryModel model;
  private final Map<Long, Integer> idleBlocks = new HashMap<>();
  private final Map<String, Holding> held = new HashMap<>();
  private Map<String, Holding> heldAtPeak = Map.of();
  private boolean peakIsNew;
  private long kept;
  private long mostKept;
  private long live;
  private long peak;
  private long reserved;
  private long blocks;
  private long systemAllocations;

  /** What one operation holds. */
  record Holding(long blocks, long bytes) {
    private static final Holding NOTHING = new Holding(0, 0);

    Holding plus(long moreBlocks, long moreBytes) {
      return new Holding(blocks + moreBlocks, bytes + moreBytes);
    }
  }

  /** A form that stays with the storage it was made from. */
  private record NullForm(Ledger ledger, String op, long bytes) implements Storage.Prepared {
    @Override
    public void release() {
      ledger.giveBack(op, bytes);
    }
  }

  Ledger(MemoryModel model) {
    this.model = model;
  }

  /** How the backend spends memory. */
  MemoryModel model() {
    return model;
  }

  /** A block is taken. */
  synchronized void take(String op, long bytes) {
    long size = model.blockSize(bytes);
    if (idleBlocks.merge(size, -1, Integer::sum) < 0) {
      idleBlocks.put(size, 0);
      reserved += size;
      systemAllocations++;
    }
    held.merge(op, new Holding(1, bytes), (before, one) -> before.plus(1, bytes));
    live += bytes;
    blocks++;
    if (live > peak) {
      peak = live;
      peakIsNew = true;
    }
  }

  /** A block comes back. */
  synchronized void giveBack(String op, long bytes) {
    if (peakIsNew) {
      heldAtPeak = Map.copyOf(held);
      peakIsNew = false;
    }
    idleBlocks.merge(model.blockSize(bytes), 1, Integer::sum);
    Holding left = held.getOrDefault(op, Holding.NOTHING).plus(-1, -bytes);
    if (left.blocks == 0) {
      held.remove(op);
    } else {
      held.put(op, left);
    }
    live -= bytes;
    blocks--;
  }

  /** Records for gradients hold so many bytes more, or fewer. */
  synchronized void keep(long bytes) {
    kept += bytes;
    mostKept = Math.max(mostKept, kept);
  }

  /** The most bytes that records for gradients held at one time. */
  synchronized long mostKept() {
    return mostKept;
  }

  /** A kernel runs: it makes its forms, takes its scratch memory and gives that back. */
  void run(String op, KernelMemory memory) {
    for (KernelMemory.Form form : memory.forms()) {
      String maker = op + ", prepared weights";
      form.owner()
          .prepared(
              form.key(),
              NullForm.class,
              () -> {
                take(maker, form.bytes());
                return new NullForm(this, maker, form.bytes());
              });
    }
    String user = op + ", scratch";
    memory.scratch().forEach(bytes -> take(user, bytes));
    memory.scratch().forEach(bytes -> giveBack(user, bytes));
  }

  /** The counts so far. */
  synchronized MemoryStatistics statistics() {
    return new MemoryStatistics(live, peak, reserved, blocks, systemAllocations);
  }

  /** What each operation held when the most was held. */
  synchronized Map<String, Holding> heldAtPeak() {
    return peakIsNew ? Map.copyOf(held) : heldAtPeak;
  }
}
