package dev.tempera.vgg.format.protobuf;

import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.catalogue.TensorCatalogue;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The floats or doubles of a repeated field, whether packed, in several packed pieces, or one by
 * one. Packed ones are used where they lie; others are copied together when they are asked for.
 */
public final class FixedWidthField {
  private final FileBytes message;
  private final TensorCatalogue catalogue;
  private final String tensor;
  private final int number;
  private final int width;
  private final WireType single;
  private @Nullable FileBytes first;
  private long byteSize;

  private FixedWidthField(
      FileBytes message, TensorCatalogue catalogue, String tensor, int number, int width) {
    this.message = message;
    this.catalogue = catalogue;
    this.tensor = tensor;
    this.number = number;
    this.width = width;
    this.single = width == Double.BYTES ? WireType.FIXED64 : WireType.FIXED32;
  }

  /**
   * The elements of a field.
   *
   * @param catalogue lends memory to elements that must be copied
   * @param tensor the tensor that they are of, for errors
   * @param width bytes of an element, 4 or 8
   * @throws TensorFileException if the message is not well formed, or the field is something else
   */
  public static FixedWidthField of(
      FileBytes message, TensorCatalogue catalogue, String tensor, int number, int width)
      throws TensorFileException {
    FixedWidthField field = new FixedWidthField(message, catalogue, tensor, number, width);
    ProtobufFields fields = new ProtobufFields(message, catalogue.budget(), tensor);
    while (fields.next()) {
      if (field.holds(fields)) {
        if (field.first == null) {
          field.first = fields.payload();
        }
        field.byteSize += fields.payloadSize();
      }
    }
    return field;
  }

  /** The number of elements. */
  public long count() {
    return byteSize / width;
  }

  /** The byte of the file at which the elements start; the message's start where there are none. */
  public long fileOffset() {
    FileBytes start = first == null ? message : first;
    return start.fileOffset(0);
  }

  /**
   * The elements, little-endian.
   *
   * @throws TensorFileException if they must be copied and take too much memory
   */
  public TensorEntry.Content content() throws TensorFileException {
    FileBytes packed = first;
    if (packed != null && packed.size() == byteSize) {
      return packed::segment;
    }
    return catalogue.unpacked(tensor, fileOffset(), byteSize, this::gather);
  }

  private boolean holds(ProtobufFields fields) throws TensorFileException {
    if (fields.number() != number) {
      return false;
    }
    if (fields.wireType() != single && fields.wireType() != WireType.LENGTH_DELIMITED) {
      throw fields.failure("field " + number + " must hold numbers of " + width + " bytes");
    }
    if (fields.payloadSize() % width != 0) {
      throw fields.failure(
          fields.payloadSize() + " bytes of numbers that take " + width + " bytes each");
    }
    return true;
  }

  private void gather(MemorySegment target) throws TensorFileException {
    long position = 0;
    ProtobufFields fields = new ProtobufFields(message, catalogue.budget(), tensor);
    while (fields.next()) {
      if (fields.number() == number) {
        fields.copyPayload(target, position);
        position += fields.payloadSize();
      }
    }
  }
}
