package dev.tempera.interop;

import dev.tempera.data.Storage;
import dev.tempera.data.View;
import dev.tempera.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.Reference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tensors lent to native code as DLPack structures, and the function that takes them back. */
final class DlpackExport {
  private static final Map<Long, DlpackExport> LENT = new ConcurrentHashMap<>();
  private static final MemorySegment DELETER = deleter();

  private final MemorySegment structure;
  private final Storage storage;

  /**
   * A loan.
   *
   * @param structure stays allocated as long as this is reachable
   */
  private DlpackExport(MemorySegment structure, Storage storage) {
    this.structure = structure;
    this.storage = storage;
  }

  /** The address of a structure that describes a tensor in main memory. */
  static MemorySegment of(Tensor tensor) {
    View view = LentMemory.hold(tensor);
    Arena arena = Arena.ofAuto();
    DlpackType type = DlpackType.of(view.dtype());
    long[] lengths = new long[view.shape().rank()];
    for (int axis = 0; axis < lengths.length; axis++) {
      lengths[axis] = view.shape().dim(axis);
    }
    MemorySegment managed = arena.allocate(DlpackLayout.MANAGED_TENSOR);
    managed.set(DlpackLayout.POINTER, DlpackLayout.DATA, LentMemory.elements(view));
    managed.set(DlpackLayout.INT, DlpackLayout.DEVICE_TYPE, DlpackLayout.DEVICE_CPU);
    managed.set(DlpackLayout.INT, DlpackLayout.AXES, lengths.length);
    managed.set(ValueLayout.JAVA_BYTE, DlpackLayout.CODE, (byte) type.code());
    managed.set(ValueLayout.JAVA_BYTE, DlpackLayout.BITS, (byte) type.bits());
    managed.set(ValueLayout.JAVA_SHORT, DlpackLayout.LANES, (short) type.lanes());
    managed.set(
        DlpackLayout.POINTER, DlpackLayout.SHAPE, arena.allocateFrom(DlpackLayout.LONG, lengths));
    managed.set(
        DlpackLayout.POINTER,
        DlpackLayout.STRIDES,
        arena.allocateFrom(DlpackLayout.LONG, view.strides()));
    managed.set(DlpackLayout.POINTER, DlpackLayout.DELETER, DELETER);
    LENT.put(managed.address(), new DlpackExport(managed, view.storage()));
    return MemorySegment.ofAddress(managed.address());
  }

  /**
   * What the structures' deleter runs; an address that is not lent is passed over. Nothing may be
   * thrown into native code, so a failure goes where those of threads go.
   */
  static void takeBack(MemorySegment managed) {
    DlpackExport export = LENT.remove(managed.address());
    if (export == null) {
      return;
    }
    try {
      export.storage.release();
    } catch (RuntimeException failure) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    } finally {
      Reference.reachabilityFence(export.structure);
    }
  }

  @SuppressWarnings("restricted") // Native code calls back; the function lives as long as Java.
  private static MemorySegment deleter() {
    try {
      return Linker.nativeLinker()
          .upcallStub(
              MethodHandles.lookup()
                  .findStatic(
                      DlpackExport.class,
                      "takeBack",
                      MethodType.methodType(void.class, MemorySegment.class)),
              FunctionDescriptor.ofVoid(ValueLayout.ADDRESS),
              Arena.global());
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("takeBack stands in this class", impossible);
    }
  }
}
