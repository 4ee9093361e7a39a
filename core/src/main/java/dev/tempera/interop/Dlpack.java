package dev.tempera.interop;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.tensor.Tensor;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Hands tensors to native libraries and takes theirs, without a copy, in the structure that array
 * libraries agree on: {@code DLManagedTensor}, for main memory on 64-bit machines.
 *
 * @see <a href="https://dmlc.github.io/dlpack/latest/c_api.html">DLPack's C interface</a>
 */
public final class Dlpack {
  private static final int MOST_AXES = 64;

  private Dlpack() {}

  /**
   * A tensor as a {@code DLManagedTensor}. Whoever receives it calls its deleter, once; until then
   * it holds the tensor's memory, and nothing may write to that.
   *
   * @return the structure's address
   * @throws IllegalArgumentException if the tensor is not in main memory
   * @throws IllegalStateException if the tensor is closed
   */
  public static MemorySegment lend(Tensor tensor) {
    return DlpackExport.of(tensor);
  }

  /**
   * A tensor over the memory that a {@code DLManagedTensor} describes. The structure belongs to the
   * tensor from then on: its deleter is called when nothing needs the memory any more.
   *
   * @param managed the structure's address
   * @throws IllegalArgumentException if the elements are of a type that Tempera has not, not in
   *     main memory, or at negative strides; the structure still belongs to the caller then
   */
  public static Tensor adopt(MemorySegment managed) {
    MemorySegment structure =
        at(MemorySegment.ofAddress(managed.address()), DlpackLayout.MANAGED_TENSOR.byteSize());
    DlpackType type =
        new DlpackType(
            structure.get(ValueLayout.JAVA_BYTE, DlpackLayout.CODE) & 0xFF,
            structure.get(ValueLayout.JAVA_BYTE, DlpackLayout.BITS) & 0xFF,
            structure.get(ValueLayout.JAVA_SHORT, DlpackLayout.LANES) & 0xFFFF);
    DType dtype = type.toDType();
    int device = structure.get(DlpackLayout.INT, DlpackLayout.DEVICE_TYPE);
    int axes = structure.get(DlpackLayout.INT, DlpackLayout.AXES);
    if (dtype == null
        || (device != DlpackLayout.DEVICE_CPU && device != DlpackLayout.DEVICE_PINNED)
        || axes < 0
        || axes > MOST_AXES) {
      throw new IllegalArgumentException(
          "dlpack: a structure that no tensor can be made of\n  type    "
              + type
              + "\n  device  "
              + device
              + "\n  axes    "
              + axes
              + "\n  rule    an element type of Tempera, device 1 or 3 (main memory), at most "
              + MOST_AXES
              + " axes");
    }
    Shape shape = shape(numbers(structure, DlpackLayout.SHAPE, axes));
    MemorySegment strideNumbers = structure.get(DlpackLayout.POINTER, DlpackLayout.STRIDES);
    long[] strides =
        strideNumbers.address() == 0
            ? shape.rowMajorStrides()
            : numbers(structure, DlpackLayout.STRIDES, axes);
    MemorySegment elements =
        at(
            MemorySegment.ofAddress(
                structure.get(DlpackLayout.POINTER, DlpackLayout.DATA).address()
                    + structure.get(DlpackLayout.LONG, DlpackLayout.BYTE_OFFSET)),
            ElementSpan.of(shape, strides) * dtype.byteSize());
    return ForeignMemory.wrap(elements, dtype, shape, strides, () -> delete(structure));
  }

  private static Shape shape(long... lengths) {
    int[] axes = new int[lengths.length];
    for (int axis = 0; axis < axes.length; axis++) {
      axes[axis] = Math.toIntExact(lengths[axis]);
    }
    return Shape.of(axes);
  }

  private static long[] numbers(MemorySegment structure, long member, int count) {
    return at(structure.get(DlpackLayout.POINTER, member), (long) count * Long.BYTES)
        .toArray(DlpackLayout.LONG);
  }

  @SuppressWarnings("restricted") // The structure's maker answers for the addresses in it.
  private static MemorySegment at(MemorySegment address, long byteSize) {
    return address.reinterpret(byteSize);
  }

  @SuppressWarnings("restricted") // The structure's maker answers for its deleter.
  private static void delete(MemorySegment structure) {
    MemorySegment deleter = structure.get(DlpackLayout.POINTER, DlpackLayout.DELETER);
    if (deleter.address() == 0) {
      return;
    }
    MethodHandle function =
        Linker.nativeLinker()
            .downcallHandle(deleter, FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
    try {
      function.invokeExact(structure);
    } catch (Throwable impossible) {
      throw new IllegalStateException("dlpack: native functions throw nothing", impossible);
    }
  }
}
