package dev.tempera.vgg.format.onnx;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.catalogue.TensorCatalogue;
import dev.tempera.vgg.format.protobuf.FixedWidthField;
import dev.tempera.vgg.format.protobuf.ProtobufFields;
import dev.tempera.vgg.format.protobuf.VarintField;
import dev.tempera.vgg.format.protobuf.WireType;
import org.jspecify.annotations.Nullable;

/**
 * An ONNX {@code TensorProto}: its elements are raw little-endian bytes, or lie in the typed field
 * for their type.
 */
final class OnnxTensor {
  private static final int LENGTHS = 1;
  private static final int TYPE = 2;
  private static final int FLOATS = 4;
  private static final int SMALL_INTEGERS = 5;
  private static final int INTEGERS = 7;
  private static final int NAME = 8;
  private static final int RAW = 9;
  private static final int DOUBLES = 10;
  private static final int EXTERNAL_DATA = 13;
  private static final int LOCATION = 14;
  private static final int EXTERNAL = 1;
  private static final int MOST_AXES = 64;

  private final FileBytes message;
  private final TensorCatalogue catalogue;
  private String name = "";
  private long type;
  private @Nullable FileBytes raw;
  private boolean external;

  private OnnxTensor(FileBytes message, TensorCatalogue catalogue) {
    this.message = message;
    this.catalogue = catalogue;
  }

  /**
   * Reads what a tensor says of itself, and leaves its elements.
   *
   * @throws TensorFileException if the message is not well formed
   */
  static OnnxTensor read(FileBytes message, TensorCatalogue catalogue) throws TensorFileException {
    OnnxTensor tensor = new OnnxTensor(message, catalogue);
    ProtobufFields fields = new ProtobufFields(message, catalogue.budget());
    while (fields.next()) {
      if (fields.is(NAME, WireType.LENGTH_DELIMITED)) {
        tensor.name = fields.text("the tensor's name");
        fields.concern(tensor.name);
      } else if (fields.is(TYPE, WireType.VARINT)) {
        tensor.type = fields.varint();
      } else if (fields.is(RAW, WireType.LENGTH_DELIMITED)) {
        tensor.raw = fields.payload();
      } else if (fields.number() == EXTERNAL_DATA
          || (fields.is(LOCATION, WireType.VARINT) && fields.varint() == EXTERNAL)) {
        tensor.external = true;
      }
    }
    return tensor;
  }

  /** The name that it carries, empty where it has none. */
  String name() {
    return name;
  }

  /** Whether its elements are numbers of a type that is known here. */
  boolean isNumeric() {
    return OnnxType.of(type) != null;
  }

  /**
   * The tensor under a name.
   *
   * @throws TensorFileException if its elements lie in another file, are of no known type, or are
   *     not as many as the shape says
   */
  TensorEntry toEntry(String tensor) throws TensorFileException {
    if (external) {
      throw message.failure(
          tensor,
          0,
          "its elements lie in another file, which is never opened; save the model in one file with"
              + " onnx.save_model(model, path, save_as_external_data=False)");
    }
    DType dtype = OnnxType.of(type);
    if (dtype == null) {
      throw message.failure(tensor, 0, "no element type for ONNX's data type " + type);
    }
    Shape shape =
        message.shape(
            tensor,
            0,
            VarintField.of(message, catalogue, tensor, LENGTHS).toList("axes", MOST_AXES));
    FileBytes bytes = raw;
    if (bytes != null) {
      requireCount(tensor, dtype, shape, bytes.size(), dtype.byteSize());
      return entry(tensor, dtype, shape, bytes.fileOffset(0), bytes::segment);
    }
    return switch (dtype) {
      case FLOAT32, FLOAT64 -> {
        FixedWidthField field =
            FixedWidthField.of(
                message,
                catalogue,
                tensor,
                dtype == DType.FLOAT32 ? FLOATS : DOUBLES,
                dtype.byteSize());
        requireCount(tensor, dtype, shape, field.count(), 1);
        yield entry(tensor, dtype, shape, field.fileOffset(), field.content());
      }
      default -> {
        int number = dtype == DType.INT64 ? INTEGERS : SMALL_INTEGERS;
        VarintField field = VarintField.of(message, catalogue, tensor, number);
        requireCount(tensor, dtype, shape, field.count(), 1);
        yield entry(tensor, dtype, shape, message.fileOffset(0), field.content(dtype.byteSize()));
      }
    };
  }

  /** Checks that what is found is what the shape needs, at so many units for each element. */
  private void requireCount(
      String tensor, DType dtype, Shape shape, long found, int unitsPerElement)
      throws TensorFileException {
    long needed = shape.size() * unitsPerElement;
    if (found != needed) {
      String unit = unitsPerElement == 1 && dtype.byteSize() > 1 ? " elements" : " bytes";
      throw message.failure(
          tensor, 0, dtype + "" + shape + " takes " + needed + unit + ", " + found + " are there");
    }
  }

  private static TensorEntry entry(
      String tensor, DType dtype, Shape shape, long offset, TensorEntry.Content content) {
    return new TensorEntry(tensor, dtype, shape, shape.rowMajorStrides(), offset, content);
  }
}
