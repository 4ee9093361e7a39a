package dev.tempera.vgg.format.protobuf;

import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.catalogue.TensorCatalogue;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The whole numbers of a repeated field, whether packed or one by one. */
public final class VarintField {
  private final FileBytes message;
  private final TensorCatalogue catalogue;
  private final @Nullable String tensor;
  private final int number;
  private final long count;

  private VarintField(
      FileBytes message,
      TensorCatalogue catalogue,
      @Nullable String tensor,
      int number,
      long count) {
    this.message = message;
    this.catalogue = catalogue;
    this.tensor = tensor;
    this.number = number;
    this.count = count;
  }

  /**
   * The elements of a field.
   *
   * @param catalogue lends memory to elements that are copied
   * @param tensor the tensor that they are of, for errors, or null where they are of none
   * @throws TensorFileException if the message is not well formed, or the field is something else
   */
  public static VarintField of(
      FileBytes message, TensorCatalogue catalogue, @Nullable String tensor, int number)
      throws TensorFileException {
    long[] count = new long[1];
    VarintField field = new VarintField(message, catalogue, tensor, number, 0);
    field.forEach(_ -> count[0]++);
    return new VarintField(message, catalogue, tensor, number, count[0]);
  }

  /** The number of elements. */
  public long count() {
    return count;
  }

  /**
   * All elements as a list.
   *
   * @param what what they are, for the error
   * @param most the most that there may be
   * @throws TensorFileException if there are more
   */
  public List<Long> toList(String what, int most) throws TensorFileException {
    if (count > most) {
      throw message.failure(
          tensor, 0, count + " " + what + ", and " + most + " are the most allowed");
    }
    List<Long> values = new ArrayList<>();
    forEach(values::add);
    return values;
  }

  /**
   * The low bytes of every element, little-endian.
   *
   * @param width how many bytes of each
   * @throws TensorFileException if they take too much memory
   */
  public TensorEntry.Content content(int width) throws TensorFileException {
    long byteSize = count * width;
    return catalogue.unpacked(
        tensor,
        message.fileOffset(0),
        byteSize,
        target -> {
          long[] position = new long[1];
          forEach(
              value -> {
                for (int i = 0; i < width; i++) {
                  target.set(ValueLayout.JAVA_BYTE, position[0]++, (byte) (value >>> (8 * i)));
                }
              });
        });
  }

  private void forEach(Visitor visitor) throws TensorFileException {
    ProtobufFields fields = new ProtobufFields(message, catalogue.budget(), tensor);
    while (fields.next()) {
      if (fields.is(number, WireType.VARINT)) {
        visitor.visit(fields.varint());
      } else if (fields.is(number, WireType.LENGTH_DELIMITED)) {
        unpack(fields, visitor);
      } else if (fields.number() == number) {
        throw fields.failure("field " + number + " must hold whole numbers");
      }
    }
  }

  private static void unpack(ProtobufFields fields, Visitor visitor) throws TensorFileException {
    long value = 0;
    int shift = 0;
    for (long i = 0; i < fields.payloadSize(); i++) {
      int group = fields.payloadByte(i);
      value |= (group & 0x7FL) << shift;
      shift += 7;
      if (group < 0x80) {
        visitor.visit(value);
        value = 0;
        shift = 0;
      } else if (shift >= 70) {
        throw fields.failure("a packed varint is longer than 10 bytes");
      }
    }
    if (shift > 0) {
      throw fields.failure("the last packed varint has no end");
    }
  }

  /** Receives one element after another. */
  @FunctionalInterface
  private interface Visitor {
    void visit(long value);
  }
}
