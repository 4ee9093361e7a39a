package dev.tempera.vgg.format.element;

import dev.tempera.data.DType;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorEntry.Content;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * How a file stores one number, and the tensor type that holds it exactly. Unsigned integers of 16
 * and 32 bits become signed ones of twice the width.
 *
 * @param dtype the type of the tensor's elements
 * @param storedSize bytes a number takes in the file
 * @param order the order of those bytes
 */
public record ElementType(DType dtype, int storedSize, ByteOrder order) {

  /** IEEE 754 numbers of 2, 4 or 8 bytes; null for other sizes. */
  public static @Nullable ElementType floating(int storedSize, ByteOrder order) {
    return switch (storedSize) {
      case 2 -> new ElementType(DType.FLOAT16, storedSize, order);
      case 4 -> new ElementType(DType.FLOAT32, storedSize, order);
      case 8 -> new ElementType(DType.FLOAT64, storedSize, order);
      default -> null;
    };
  }

  /** Signed integers of 1, 2, 4 or 8 bytes; null for other sizes. */
  public static @Nullable ElementType signed(int storedSize, ByteOrder order) {
    return switch (storedSize) {
      case 1 -> new ElementType(DType.INT8, storedSize, order);
      case 2 -> new ElementType(DType.INT16, storedSize, order);
      case 4 -> new ElementType(DType.INT32, storedSize, order);
      case 8 -> new ElementType(DType.INT64, storedSize, order);
      default -> null;
    };
  }

  /** Unsigned integers of 1, 2 or 4 bytes; null for other sizes, which no tensor type holds. */
  public static @Nullable ElementType unsigned(int storedSize, ByteOrder order) {
    return switch (storedSize) {
      case 1 -> new ElementType(DType.UINT8, storedSize, order);
      case 2 -> new ElementType(DType.INT32, storedSize, order);
      case 4 -> new ElementType(DType.INT64, storedSize, order);
      default -> null;
    };
  }

  /** Whether stored bytes are the tensor's bytes as they lie. */
  public boolean isInPlace() {
    return dtype.byteSize() == storedSize && (storedSize == 1 || order == ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The little-endian elements of a tensor.
   *
   * @param file lends memory to elements that cannot be used where they lie
   * @param stored gives the numbers as they are stored, {@code count} of them
   */
  public Content elements(MappedFile file, Content stored, long count) {
    if (isInPlace()) {
      return stored;
    }
    return file.filled(count * dtype.byteSize(), target -> convert(stored.read(), target, count));
  }

  /** Copies each number, its lowest byte first; wider elements end in zeros. */
  private void convert(MemorySegment source, MemorySegment target, long count) {
    boolean reversed = order == ByteOrder.BIG_ENDIAN;
    for (long element = 0; element < count; element++) {
      long from = element * storedSize;
      long to = element * dtype.byteSize();
      for (int i = 0; i < storedSize; i++) {
        long place = from + (reversed ? storedSize - 1 - i : i);
        target.set(ValueLayout.JAVA_BYTE, to + i, source.get(ValueLayout.JAVA_BYTE, place));
      }
    }
  }
}
