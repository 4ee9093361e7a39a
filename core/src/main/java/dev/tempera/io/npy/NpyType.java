package dev.tempera.io.npy;

import dev.tempera.data.DType;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorEntry;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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
public record NpyType(DType dtype, ByteOrder order) {
  /** The code of a little-endian type. */
  static String codeOf(DType dtype) {
    return (dtype.byteSize() == 1 ? '|' : '<') + codeWithoutOrder(dtype);
  }

  /** The type with a code, or null where there is none of that code. */
  public static @Nullable NpyType of(String code) {
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

  /**
   * Elements of this type in little-endian order: those of the other order are turned round, once
   * and only if they are read.
   *
   * @param elements as they are stored
   * @param byteSize how many bytes they take
   * @param file lends the memory for elements that are turned round
   */
  public TensorEntry.Content littleEndian(
      TensorEntry.Content elements, long byteSize, MappedFile file) {
    int width = dtype.byteSize();
    if (order == ByteOrder.LITTLE_ENDIAN || width == 1) {
      return elements;
    }
    return file.filled(byteSize, target -> swap(elements.read(), target, width));
  }

  private static void swap(MemorySegment from, MemorySegment to, int width) {
    for (long element = 0; element < to.byteSize(); element += width) {
      for (int i = 0; i < width; i++) {
        byte one = from.get(ValueLayout.JAVA_BYTE, element + i);
        to.set(ValueLayout.JAVA_BYTE, element + width - 1 - i, one);
      }
    }
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
