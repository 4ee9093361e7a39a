package dev.tempera.vgg.format.hdf5;

import dev.tempera.data.DType;
import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.element.ElementType;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The type of the elements of a dataset or attribute.
 *
 * @param kind what an element is
 * @param size bytes an element takes
 * @param element how numbers are read; null for all else
 */
record Datatype(Kind kind, long size, @Nullable ElementType element) {
  private static final int INTEGER = 0;
  private static final int FLOAT = 1;
  private static final int STRING = 3;
  private static final int REFERENCE = 7;
  private static final int ENUMERATION = 8;
  private static final int VARIABLE_LENGTH = 9;
  private static final int SPACE_PADDED = 2;
  private static final int BFLOAT16_EXPONENT = 8;

  /** What an element is. */
  enum Kind {
    /** A number that a tensor holds. */
    NUMBER,
    /** Text of a fixed number of bytes, filled up with zeros. */
    TEXT,
    /** Text of a fixed number of bytes, filled up with spaces. */
    SPACED_TEXT,
    /** Text in the global heap. */
    HEAP_TEXT,
    /** The address of an object. */
    OBJECT_REFERENCE,
    /** Anything else. */
    OTHER;

    boolean isText() {
      return this == TEXT || this == SPACED_TEXT || this == HEAP_TEXT;
    }
  }

  /**
   * Reads a datatype message.
   *
   * @throws TensorFileException if it is damaged
   */
  static Datatype read(FileBytes body) throws TensorFileException {
    int bits = body.uint8(1);
    long size = body.uint32(4);
    if (size == 0) {
      throw body.failure(4, "a datatype of 0 bytes");
    }
    return switch (body.uint8(0) & 0xF) {
      case INTEGER -> {
        int width = (int) Math.min(size, 16);
        boolean signed = (bits & 8) != 0;
        yield number(
            size,
            signed
                ? ElementType.signed(width, order(bits))
                : ElementType.unsigned(width, order(bits)));
      }
      case FLOAT -> {
        ElementType type = ElementType.floating((int) Math.min(size, 16), order(bits));
        boolean isBfloat16 = size == 2 && body.uint8(13) == BFLOAT16_EXPONENT;
        yield number(size, isBfloat16 ? new ElementType(DType.BFLOAT16, 2, order(bits)) : type);
      }
      case STRING ->
          new Datatype((bits & 0xF) == SPACE_PADDED ? Kind.SPACED_TEXT : Kind.TEXT, size, null);
      case REFERENCE ->
          new Datatype(
              (bits & 0xF) == 0 && size == Long.BYTES ? Kind.OBJECT_REFERENCE : Kind.OTHER,
              size,
              null);
      case ENUMERATION -> {
        FileBytes base = body.slice(8, body.size() - 8, "the base type of an enumeration");
        boolean isInteger = (base.uint8(0) & 0xF) == INTEGER && base.uint32(4) == size;
        yield isInteger ? read(base) : new Datatype(Kind.OTHER, size, null);
      }
      case VARIABLE_LENGTH ->
          new Datatype((bits & 0xF) == 1 ? Kind.HEAP_TEXT : Kind.OTHER, size, null);
      default -> new Datatype(Kind.OTHER, size, null);
    };
  }

  private static Datatype number(long size, @Nullable ElementType element) {
    return new Datatype(element == null ? Kind.OTHER : Kind.NUMBER, size, element);
  }

  private static ByteOrder order(int bits) {
    return (bits & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }
}
