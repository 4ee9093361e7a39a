package dev.tempera.io;

import dev.tempera.data.DType;
import dev.tempera.data.HalfFloats;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Reads one little-endian element of some type as a float32. */
@FunctionalInterface
interface FloatElement {
  /** Whether stored float32 bytes are this machine's float32 bytes. */
  boolean NATIVE_IS_LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  /** A float32 of this machine at any address. */
  ValueLayout.OfFloat NATIVE_FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  /** The element with this index, counted from the start of the bytes. */
  float at(MemorySegment bytes, long index);

  /** The reader for elements of a type. */
  static FloatElement of(DType dtype) {
    ValueLayout.OfShort int16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    ValueLayout.OfInt int32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    ValueLayout.OfLong int64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    ValueLayout.OfByte int8 = ValueLayout.JAVA_BYTE;
    return switch (dtype) {
      case FLOAT32 -> (bytes, i) -> Float.intBitsToFloat(bytes.get(int32, i * 4));
      case FLOAT64 -> (bytes, i) -> (float) Double.longBitsToDouble(bytes.get(int64, i * 8));
      case FLOAT16 -> (bytes, i) -> HalfFloats.fromFloat16(bytes.get(int16, i * 2));
      case BFLOAT16 -> (bytes, i) -> HalfFloats.fromBfloat16(bytes.get(int16, i * 2));
      case INT8 -> (bytes, i) -> bytes.get(int8, i);
      case UINT8 -> (bytes, i) -> bytes.get(int8, i) & 0xFF;
      case INT16 -> (bytes, i) -> bytes.get(int16, i * 2);
      case INT32 -> (bytes, i) -> bytes.get(int32, i * 4);
      case INT64 -> (bytes, i) -> bytes.get(int64, i * 8);
      case BOOL -> (bytes, i) -> bytes.get(int8, i) == 0 ? 0 : 1;
    };
  }
}
