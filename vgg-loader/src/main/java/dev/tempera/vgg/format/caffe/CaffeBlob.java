package dev.tempera.vgg.format.caffe;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A Caffe {@code BlobProto}: float or double elements in row-major order, under a shape or under
 * the four lengths {@code num, channels, height, width} that it had before.
 */
final class CaffeBlob {
  private static final int LEGACY_AXES = 4;
  private static final int FLOATS = 5;
  private static final int SHAPE = 7;
  private static final int DOUBLES = 8;
  private static final int SHAPE_LENGTHS = 1;
  private static final int MOST_AXES = 64;

  private final String name;
  private final FileBytes message;

  CaffeBlob(String name, FileBytes message) {
    this.name = name;
    this.message = message;
  }

  /**
   * The blob as a tensor.
   *
   * @param vector whether four lengths 1, 1, 1, N mean a vector, as in a bias
   * @param matrix whether four lengths 1, 1, M, N mean a matrix, as in a fully connected layer
   * @throws TensorFileException if its elements are not as many as its shape says
   */
  TensorEntry toEntry(boolean vector, boolean matrix, TensorCatalogue catalogue)
      throws TensorFileException {
    FixedWidthField floats = FixedWidthField.of(message, catalogue, name, FLOATS, Float.BYTES);
    FixedWidthField doubles = FixedWidthField.of(message, catalogue, name, DOUBLES, Double.BYTES);
    boolean isDouble = floats.count() == 0 && doubles.count() > 0;
    FixedWidthField elements = isDouble ? doubles : floats;
    Shape shape = message.shape(name, 0, lengths(vector, matrix, catalogue));
    if (shape.size() != elements.count()) {
      throw message.failure(
          name, 0, "shape " + shape + " has not the " + elements.count() + " elements that follow");
    }
    return new TensorEntry(
        name,
        isDouble ? DType.FLOAT64 : DType.FLOAT32,
        shape,
        shape.rowMajorStrides(),
        elements.fileOffset(),
        elements.content());
  }

  private List<Long> lengths(boolean vector, boolean matrix, TensorCatalogue catalogue)
      throws TensorFileException {
    Long[] legacy = new Long[LEGACY_AXES];
    Arrays.fill(legacy, 0L);
    ProtobufFields fields = new ProtobufFields(message, catalogue.budget(), name);
    while (fields.next()) {
      if (fields.is(SHAPE, WireType.LENGTH_DELIMITED)) {
        return VarintField.of(fields.payload(), catalogue, name, SHAPE_LENGTHS)
            .toList("axes", MOST_AXES);
      }
      if (fields.number() <= LEGACY_AXES && fields.wireType() == WireType.VARINT) {
        legacy[fields.number() - 1] = fields.varint();
      }
    }
    List<Long> lengths = new ArrayList<>(List.of(legacy));
    int kept = vector ? 1 : matrix ? 2 : LEGACY_AXES;
    while (lengths.size() > kept && lengths.getFirst() == 1) {
      lengths.removeFirst();
    }
    return kept == lengths.size() ? lengths : List.of(legacy);
  }
}
