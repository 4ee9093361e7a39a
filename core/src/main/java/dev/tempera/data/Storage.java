package dev.tempera.data;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A block of memory that a backend owns and views describe; opaque to everyone else.
 *
 * <p>Storages are shared: each holder (a tensor, a value kept for a gradient) calls {@link #retain}
 * and {@link #release}, and the memory goes back to its backend with the last release. A new
 * storage has one holder.
 *
 * <p>A <em>frozen</em> storage promises that its bytes no longer change. Backends may then cache
 * transformed forms of it, such as packed convolution weights, with {@link #prepared}; they are
 * released with the storage.
 */
public abstract class Storage {
  private final AtomicInteger holders = new AtomicInteger(1);
  private volatile boolean frozen;
  private volatile int version;
  private Map<Object, Prepared> prepared = Map.of();

  /** A storage with one holder. */
  protected Storage() {}

  /**
   * A form of a frozen storage that a backend has transformed for its kernels, such as packed
   * weights.
   */
  public interface Prepared {
    /** Gives the memory back. */
    void release();
  }

  /** Where the bytes are. */
  public abstract Device device();

  /** How many bytes there are. */
  public abstract long byteSize();

  /** Gives the memory back to its owner; called once, after the last release. */
  protected abstract void free();

  /** Whether the memory has been given back. */
  public final boolean isReleased() {
    return holders.get() <= 0;
  }

  /** Whether there is exactly one holder, who may then write without anybody noticing. */
  public final boolean hasOneHolder() {
    return holders.get() == 1;
  }

  /**
   * Adds a holder. Throws {@link IllegalStateException} if the memory has been given back already.
   */
  public final void retain() {
    if (holders.getAndUpdate(count -> count <= 0 ? count : count + 1) <= 0) {
      throw new IllegalStateException("storage: used after its memory was given back");
    }
  }

  /** Removes a holder; with the last one the memory, and every prepared form, is given back. */
  public final void release() {
    int left = holders.decrementAndGet();
    if (left == 0) {
      releasePrepared();
      free();
    } else if (left < 0) {
      throw new IllegalStateException("storage: released more often than retained");
    }
  }

  /**
   * Told each time that a record for gradients begins or ceases to hold this storage; for backends
   * that count. Does nothing here.
   */
  public void heldByRecord(boolean begins) {}

  /** Promises that the bytes no longer change, so that backends may cache transformed forms. */
  public final void freeze() {
    frozen = true;
  }

  /** Whether {@link #freeze} was called. */
  public final boolean isFrozen() {
    return frozen;
  }

  /**
   * Counts the writes to existing content; a value kept for a gradient checks that it has not
   * changed.
   */
  public final int version() {
    return version;
  }

  /**
   * Notes a write to existing content.
   *
   * @throws IllegalStateException if the storage is frozen
   */
  public final synchronized void markModified() {
    if (frozen) {
      throw new IllegalStateException("storage: a frozen tensor cannot be written to");
    }
    version++;
  }

  /**
   * The transformed form of this frozen storage under a key, made on first use.
   *
   * @param key tells forms apart; a value with equals and hashCode that names the kernel and the
   *     view's geometry
   * @throws IllegalStateException if the storage is not frozen
   */
  public final synchronized <P extends Prepared> P prepared(
      Object key, Class<P> type, Supplier<P> make) {
    if (!frozen) {
      throw new IllegalStateException("storage: only a frozen storage keeps prepared forms");
    }
    Prepared form = prepared.get(key);
    if (form == null) {
      form = make.get();
      if (prepared.isEmpty()) {
        prepared = new HashMap<>();
      }
      prepared.put(key, form);
    }
    return type.cast(form);
  }

  private synchronized void releasePrepared() {
    prepared.values().forEach(Prepared::release);
    prepared = Map.of();
  }
}
