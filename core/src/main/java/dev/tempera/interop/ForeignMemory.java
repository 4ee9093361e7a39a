package dev.tempera.interop;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.data.DType;
import dev.tempera.data.Device;
import dev.tempera.data.HostStorage;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/** Makes tensors over memory that other code owns, without a copy. */
public final class ForeignMemory {
  private static final Thread SOME_OTHER_THREAD = Thread.ofPlatform().unstarted(() -> {});

  private ForeignMemory() {}

  /**
   * A tensor over dense elements in row-major order; see {@link #wrap(MemorySegment, DType, Shape,
   * long[], Runnable)}.
   */
  public static Tensor wrap(MemorySegment memory, DType dtype, Shape shape, Runnable release) {
    return wrap(memory, dtype, shape, shape.rowMajorStrides(), release);
  }

  /**
   * A tensor over elements where they lie; it belongs to the innermost scope.
   *
   * <p>The memory stays allocated, and nobody else writes to it, until {@code release} has run:
   * kernels go by its address, and an arena closed before that takes the process down. Memory that
   * is read-only, such as a mapped file, makes a frozen tensor; other memory may be written over
   * once all its tensors are closed and only a record for gradients holds it.
   *
   * @param memory outside the Java heap, little-endian; it starts with the first element
   * @param strides the distance, in elements, from one index of an axis to the next; none negative
   * @param release runs once, on whatever thread closes the last tensor that needs the memory; runs
   *     also if the tensor is refused by its scope
   * @throws IllegalArgumentException if the memory is on the Java heap, belongs to one thread
   *     alone, or the current backend does not compute in main memory; {@code release} has not run
   *     then
   * @throws dev.tempera.data.ShapeException if an element would lie outside the memory; {@code
   *     release} has not run then
   */
  public static Tensor wrap(
      MemorySegment memory, DType dtype, Shape shape, long[] strides, Runnable release) {
    Backend backend = Backends.current();
    boolean shared = memory.isAccessibleBy(SOME_OTHER_THREAD);
    if (!memory.isNative() || !shared || !backend.device().equals(Device.HOST)) {
      throw new IllegalArgumentException(
          "wrap: tensors are made over native memory that every thread may use, in main memory"
              + "\n  memory  "
              + (memory.isNative() ? "native" : "on the Java heap")
              + (shared ? ", shared" : ", of one thread")
              + "\n  backend "
              + backend.name()
              + " on "
              + backend.device()
              + "\n  hint    allocate with Arena.ofShared(), or copy with Tensor.upload");
    }
    HostStorage storage = new HostStorage(memory, release);
    View view = View.of(storage, dtype, shape, strides, 0);
    if (memory.isReadOnly()) {
      storage.freeze();
    }
    return Tensor.of(backend, view);
  }
}
