package dev.tempera.vgg.format.caffe;

import dev.tempera.io.FileBytes;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.catalogue.TensorCatalogue;
import dev.tempera.vgg.format.element.MemoryBudget;
import dev.tempera.vgg.format.protobuf.ProtobufFields;
import dev.tempera.vgg.format.protobuf.WireType;

/**
 * Reads {@code .caffemodel} files: a protobuf {@code NetParameter} with layers of any of the three
 * generations that Caffe has had. Weights are named {@code conv1_1/0}, biases {@code conv1_1/1};
 * {@code conv1_1@type} in the metadata is the kind of layer.
 *
 * @see <a href="https://github.com/BVLC/caffe/blob/master/src/caffe/proto/caffe.proto">Caffe's
 *     definition of its messages</a>
 */
public final class Caffemodel {
  /** The name of the format. */
  public static final String FORMAT = "Caffe";

  private static final int NET_NAME = 1;
  private static final int OLD_LAYER = 2;
  private static final int LAST_BEFORE_LAYERS = 8;
  private static final int LAYER = 100;
  private static final int MOST_FIELDS_BEFORE_LAYERS = 64;

  private Caffemodel() {}

  /**
   * Whether a file starts as a net's message does: with fields that such a message has, up to a
   * layer whose first field is the name of something.
   */
  public static boolean recognises(MappedFile file) {
    try {
      MemoryBudget budget = new MemoryBudget(file.as(FORMAT));
      ProtobufFields fields = new ProtobufFields(file.as(FORMAT), budget);
      for (int i = 0; i < MOST_FIELDS_BEFORE_LAYERS && fields.next(); i++) {
        if (isLayer(fields)) {
          ProtobufFields layer = new ProtobufFields(fields.availablePayload(), budget);
          return layer.next()
              && layer.number() <= CaffeGeneration.V1.nameField()
              && layer.wireType() == WireType.LENGTH_DELIMITED;
        }
        if (fields.number() > LAST_BEFORE_LAYERS) {
          return false;
        }
      }
      return false;
    } catch (TensorFileException notWellFormed) {
      return false;
    }
  }

  /**
   * Reads a mapped file, which belongs to the result from then on.
   *
   * @throws TensorFileException if it breaks a rule of the format
   */
  public static TensorFile read(MappedFile file) throws TensorFileException {
    TensorCatalogue catalogue = new TensorCatalogue(FORMAT, file);
    FileBytes bytes = catalogue.bytes();
    ProtobufFields fields = new ProtobufFields(bytes, catalogue.budget());
    boolean anyLayer = false;
    while (fields.next()) {
      if (fields.is(NET_NAME, WireType.LENGTH_DELIMITED)) {
        catalogue.note("name", fields.text("the net's name"));
      } else if (isLayer(fields)) {
        anyLayer = true;
        CaffeGeneration generation =
            fields.number() == LAYER ? CaffeGeneration.V2 : CaffeGeneration.V1;
        CaffeLayer.read(fields.availablePayload(), generation, catalogue);
      }
    }
    if (!anyLayer) {
      throw bytes.failure(0, "the net has no layers");
    }
    return catalogue.toFile();
  }

  private static boolean isLayer(ProtobufFields fields) {
    return fields.is(LAYER, WireType.LENGTH_DELIMITED)
        || fields.is(OLD_LAYER, WireType.LENGTH_DELIMITED);
  }
}
