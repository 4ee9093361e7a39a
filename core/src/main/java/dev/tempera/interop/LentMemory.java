package dev.tempera.interop;

import dev.tempera.data.DType;
import dev.tempera.data.HostStorage;
import dev.tempera.data.Shape;
import dev.tempera.data.Storage;
import dev.tempera.data.View;
import dev.tempera.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The memory of a tensor, lent to other code until this is closed. The tensor itself may be closed
 * earlier.
 *
 * <pre>{@code
 * try (LentMemory memory = LentMemory.of(tensor)) {
 *   nativeFunction.invokeExact(memory.segment());
 * }
 * }</pre>
 */
public final class LentMemory implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final View view;
  private final MemorySegment segment;

  private LentMemory(View view, MemorySegment segment) {
    this.view = view;
    this.segment = limited(segment, arena).asReadOnly();
  }

  @SuppressWarnings("restricted") // A shorter life of memory that is held for as long.
  private static MemorySegment limited(MemorySegment segment, Arena arena) {
    return segment.reinterpret(arena, null);
  }

  /**
   * The memory of a tensor where it lies.
   *
   * @throws IllegalArgumentException if the tensor is not in main memory
   * @throws IllegalStateException if the tensor is closed
   */
  public static LentMemory of(Tensor tensor) {
    View view = hold(tensor);
    return new LentMemory(view, elements(view));
  }

  /** The view of a tensor in main memory, with a hold on its storage. */
  static View hold(Tensor tensor) {
    View view = tensor.view();
    Storage storage = view.storage();
    if (!(storage instanceof HostStorage)) {
      throw new IllegalArgumentException(
          "lend: the tensor is not in main memory\n  tensor  "
              + tensor.dtype()
              + tensor.shape()
              + " on "
              + storage.device()
              + "\n  hint    copy it with toFloats() or download()");
    }
    storage.retain();
    return view;
  }

  /** The bytes from the first element of a view in main memory to the end of the last. */
  static MemorySegment elements(View view) {
    long width = view.dtype().byteSize();
    long span = ElementSpan.of(view.shape(), view.strides());
    return ((HostStorage) view.storage()).segment().asSlice(view.offset() * width, span * width);
  }

  /**
   * The bytes from the first element to the end of the last, read-only and little-endian;
   * accessible from any thread until this is closed.
   */
  public MemorySegment segment() {
    return segment;
  }

  /** The element type. */
  public DType dtype() {
    return view.dtype();
  }

  /** The axis lengths. */
  public Shape shape() {
    return view.shape();
  }

  /** The distance, in elements, from one index of each axis to the next, a copy. */
  public long[] strides() {
    return view.strides();
  }

  /** Ends the loan: the segment is inaccessible from then on. Closing twice does nothing. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
      view.storage().release();
    }
  }
}
