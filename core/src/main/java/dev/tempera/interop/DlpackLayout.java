package dev.tempera.interop;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;

/** Where the members of DLPack's {@code DLManagedTensor} lie, on a 64-bit machine. */
final class DlpackLayout {
  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  static final AddressLayout POINTER = ValueLayout.ADDRESS;

  static final StructLayout MANAGED_TENSOR =
      MemoryLayout.structLayout(
          POINTER.withName("data"),
          INT.withName("device_type"),
          INT.withName("device_id"),
          INT.withName("ndim"),
          ValueLayout.JAVA_BYTE.withName("code"),
          ValueLayout.JAVA_BYTE.withName("bits"),
          ValueLayout.JAVA_SHORT.withName("lanes"),
          POINTER.withName("shape"),
          POINTER.withName("strides"),
          LONG.withName("byte_offset"),
          POINTER.withName("manager_ctx"),
          POINTER.withName("deleter"));

  /** {@code kDLCPU}. */
  static final int DEVICE_CPU = 1;

  /** {@code kDLCUDAHost}: main memory that a graphics processor reads too. */
  static final int DEVICE_PINNED = 3;

  static final long DATA = offset("data");
  static final long DEVICE_TYPE = offset("device_type");
  static final long AXES = offset("ndim");
  static final long CODE = offset("code");
  static final long BITS = offset("bits");
  static final long LANES = offset("lanes");
  static final long SHAPE = offset("shape");
  static final long STRIDES = offset("strides");
  static final long BYTE_OFFSET = offset("byte_offset");
  static final long DELETER = offset("deleter");

  private DlpackLayout() {}

  private static long offset(String member) {
    return MANAGED_TENSOR.byteOffset(groupElement(member));
  }
}
