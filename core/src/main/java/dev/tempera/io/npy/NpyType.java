package dev.tempera.io.npy;

import dev.tempera.data.DType;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The element types of {@code .npy} files, written as a mark of the byte order, a letter and a
 * number of bytes, such as {@code <f4}.
 *
 * <p>NumPy itself has no bfloat16. The package that adds it ({@code ml_dtypes}) stores it as two
 * bytes without meaning, {@code V2}; so it is here.
 *
 * @param dtype the type of an element
 * @param order the order of the bytes of an element
 */
record NpyType(DType dtype, ByteOrder order) {
  /** The code of a little-endian type. */
  static String codeOf(DType dtype) {
    return (dtype.byteSize() == 1 ? '|' : '<') + codeWithoutOrder(dtype);
  }

  /** The type with a code, or null where there is none of that code. */
  static @Nullable NpyType of(String code) {
    if (code.isEmpty()) {
      return null;
    }
    ByteOrder order =
        switch (code.charAt(0)) {
          case '<', '|' -> ByteOrder.LITTLE_ENDIAN;
          case '>' -> ByteOrder.BIG_ENDIAN;
          case '=' -> ByteOrder.nativeOrder();
          default -> null;
        };
    if (order == null) {
      return null;
    }
    for (DType dtype : DType.values()) {
      if (code.substring(1).equals(codeWithoutOrder(dtype))) {
        return new NpyType(dtype, order);
      }
    }
    return null;
  }

  private static String codeWithoutOrder(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> "f4";
      case FLOAT64 -> "f8";
      case FLOAT16 -> "f2";
      case BFLOAT16 -> "V2";
      case INT8 -> "i1";
      case UINT8 -> "u1";
      case INT16 -> "i2";
      case INT32 -> "i4";
      case INT64 -> "i8";
      case BOOL -> "b1";
    };
  }
}
