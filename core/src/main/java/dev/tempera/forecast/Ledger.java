package dev.tempera.forecast;

import dev.tempera.backend.BlockPool;
import dev.tempera.backend.KernelMemory;
import dev.tempera.backend.MemoryModel;
import dev.tempera.backend.MemoryStatistics;
import dev.tempera.data.Storage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the bytes that a backend would hold, by the operation that makes them, and the blocks that
 * its pool would obtain from the system. Opaque to everyone else.
 */
public final class Ledger {
  private final MemoryModel model;
  private final BlockPool<Nothing> pool = new BlockPool<>(new Nothing());
  private final Map<String, Holding> held = new HashMap<>();
  private Map<String, Holding> heldAtPeak = Map.of();
  private boolean peakIsNew;
  private long kept;
  private long mostKept;
  private long live;
  private long peak;
  private long blocks;

  /** What one operation holds. */
  record Holding(long blocks, long bytes) {
    private static final Holding NOTHING = new Holding(0, 0);

    Holding plus(long moreBlocks, long moreBytes) {
      return new Holding(blocks + moreBlocks, bytes + moreBytes);
    }
  }

  /** A block that is counted and not there. */
  interface Loan {
    /** Gives it back; called once. */
    void giveBack();
  }

  /** Where chunks come from that are not there, and what they consist of. */
  private record Nothing() implements BlockPool.Source<Nothing> {
    @Override
    public Nothing obtain(long bytes) {
      return this;
    }

    @Override
    public void giveBack(Nothing memory) {}
  }

  /** A form that stays with the storage it was made from. */
  private record NullForm(Loan loan) implements Storage.Prepared {
    @Override
    public void release() {
      loan.giveBack();
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
  synchronized Loan take(String op, long bytes) {
    return lend(op, bytes, pool.take(model.blockSize(bytes)));
  }

  /** A block is taken that stays. */
  private synchronized Loan takeLasting(String op, long bytes) {
    return lend(op, bytes, pool.takeLasting(model.blockSize(bytes)));
  }

  private Loan lend(String op, long bytes, BlockPool.Block<Nothing> block) {
    held.merge(op, new Holding(1, bytes), (before, one) -> before.plus(1, bytes));
    live += bytes;
    blocks++;
    if (live > peak) {
      peak = live;
      peakIsNew = true;
    }
    return () -> giveBack(op, bytes, block);
  }

  private synchronized void giveBack(String op, long bytes, BlockPool.Block<Nothing> block) {
    if (peakIsNew) {
      heldAtPeak = Map.copyOf(held);
      peakIsNew = false;
    }
    pool.giveBack(block);
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
              form.key(), NullForm.class, () -> new NullForm(takeLasting(maker, form.bytes())));
    }
    String user = op + ", scratch";
    List<Loan> scratch = memory.scratch().stream().map(bytes -> take(user, bytes)).toList();
    scratch.forEach(Loan::giveBack);
  }

  /** The counts so far. */
  synchronized MemoryStatistics statistics() {
    return new MemoryStatistics(live, peak, pool.used(), blocks, pool.systemAllocations());
  }

  /** What each operation held when the most was held. */
  synchronized Map<String, Holding> heldAtPeak() {
    return peakIsNew ? Map.copyOf(held) : heldAtPeak;
  }
}
