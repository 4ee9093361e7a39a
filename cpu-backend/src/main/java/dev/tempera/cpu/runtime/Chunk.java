package dev.tempera.cpu.runtime;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Off-heap memory from the C library. Unlike that of an arena it is not filled with zeros: of a
 * large chunk the system provides only pages that are used, when they are.
 *
 * @param allocation what was allocated
 * @param segment the part of it that begins at the start of a page
 */
record Chunk(MemorySegment allocation, MemorySegment segment) {
  private static final long PAGE = 4096;

  private static final MethodHandle MALLOC =
      function("malloc", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
  private static final MethodHandle FREE =
      function("free", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));

  @SuppressWarnings("restricted") // The signatures are those of the C standard.
  private static MethodHandle function(String name, FunctionDescriptor signature) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), signature);
  }

  /**
   * A new chunk whose content is undefined.
   *
   * @throws OutOfMemoryError if the system refuses it
   */
  @SuppressWarnings("restricted") // The allocation has the size that was asked for.
  static Chunk fromSystem(long size) {
    MemorySegment allocation = allocate(size + PAGE).reinterpret(size + PAGE);
    long past = allocation.address() % PAGE;
    return new Chunk(allocation, allocation.asSlice(past == 0 ? 0 : PAGE - past, size));
  }

  private static MemorySegment allocate(long size) {
    try {
      MemorySegment memory = (MemorySegment) MALLOC.invokeExact(size);
      if (memory.equals(MemorySegment.NULL)) {
        throw new OutOfMemoryError("malloc of " + size + " bytes");
      }
      return memory;
    } catch (Throwable e) {
      throw asUnchecked(e);
    }
  }

  /** Gives the memory back to the system. */
  void free() {
    try {
      FREE.invokeExact(allocation);
    } catch (Throwable e) {
      throw asUnchecked(e);
    }
  }

  /** Neither function throws anything of its own. */
  private static RuntimeException asUnchecked(Throwable thrown) {
    return switch (thrown) {
      case Error error -> throw error;
      case RuntimeException exception -> exception;
      default -> new IllegalStateException(thrown);
    };
  }
}
