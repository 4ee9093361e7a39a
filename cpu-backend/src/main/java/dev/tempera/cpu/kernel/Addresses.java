package dev.tempera.cpu.kernel;

import dev.tempera.backend.BackendException;
import dev.tempera.data.HostStorage;
import dev.tempera.data.Storage;
import dev.tempera.data.View;
import java.lang.foreign.MemorySegment;

/** Where views lie in memory, for loops that take raw addresses. */
public final class Addresses {
  private Addresses() {}

  /**
   * The address of a view's first element. It stays valid while somebody holds the storage, which
   * the caller of a kernel does.
   *
   * @throws IllegalStateException if the storage was given back
   * @throws BackendException if the storage is not in main memory outside the Java heap
   */
  public static long of(View view) {
    return of(view.storage()) + view.offset() * view.dtype().byteSize();
  }

  /** The address of a storage's first byte; see {@link #of(View)}. */
  public static long of(Storage storage) {
    if (storage.isReleased()) {
      throw new IllegalStateException("cpu: a storage was used after its memory was given back");
    }
    if (storage instanceof HostStorage host) {
      MemorySegment segment = host.segment();
      if (segment.isNative()) {
        return segment.address();
      }
    }
    throw new BackendException(
        "cpu: kernels read and write main memory outside the Java heap, here a storage on "
            + storage.device()
            + "\n  hint    move the tensor to the cpu backend first");
  }
}
