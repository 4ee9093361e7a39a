package dev.tempera.forecast;

import dev.tempera.data.Device;
import dev.tempera.data.Storage;
import java.util.concurrent.atomic.AtomicInteger;

/** A storage that has a size but no bytes. */
final class NullStorage extends Storage {
  /** Where they live. */
  static final Device NOWHERE = new Device("null", 0);

  private final Ledger ledger;
  private final Ledger.Loan loan;
  private final long bytes;
  private final boolean whole;
  private final AtomicInteger records = new AtomicInteger();

  /**
   * A block.
   *
   * @param op what makes it
   * @param whole whether its numbers are known to be whole ones
   */
  NullStorage(Ledger ledger, String op, long bytes, boolean whole) {
    this.ledger = ledger;
    this.bytes = bytes;
    this.whole = whole;
    this.loan = ledger.take(op, bytes);
  }

  /** Whether the numbers are known to be whole ones. */
  boolean isWhole() {
    return whole;
  }

  @Override
  public Device device() {
    return NOWHERE;
  }

  @Override
  public long byteSize() {
    return bytes;
  }

  /** What is frozen is held by others anyway and does not count as kept for gradients. */
  @Override
  public void heldByRecord(boolean begins) {
    if (isFrozen()) {
      return;
    }
    if (begins && records.getAndIncrement() == 0) {
      ledger.keep(bytes);
    } else if (!begins && records.decrementAndGet() == 0) {
      ledger.keep(-bytes);
    }
  }

  @Override
  protected void free() {
    loan.giveBack();
  }
}
