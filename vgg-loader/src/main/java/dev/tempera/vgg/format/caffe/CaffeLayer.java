package dev.tempera.vgg.format.caffe;

import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.catalogue.TensorCatalogue;
import dev.tempera.vgg.format.protobuf.ProtobufFields;
import dev.tempera.vgg.format.protobuf.WireType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One layer of a Caffe net, of any generation. */
final class CaffeLayer {
  private static final int V0_LAYER = 1;
  private static final int NAME_MEMORY = 128;
  private static final String INNER_PRODUCT = "InnerProduct";

  private @Nullable String name;
  private String type = "";
  private final List<FileBytes> blobs = new ArrayList<>();

  private final TensorCatalogue catalogue;

  private CaffeLayer(TensorCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * Adds the tensors and the kind of a layer to a catalogue.
   *
   * @throws TensorFileException if the message is not well formed, or a tensor's elements are not
   *     as many as its shape says
   */
  static void read(FileBytes message, CaffeGeneration generation, TensorCatalogue catalogue)
      throws TensorFileException {
    CaffeLayer layer = new CaffeLayer(catalogue);
    layer.collect(message, generation);
    String name = layer.name;
    if (name == null) {
      if (layer.blobs.isEmpty()) {
        return;
      }
      throw message.failure(0, "a layer with weights has no name");
    }
    catalogue.note(name + "@type", layer.type);
    for (int i = 0; i < layer.blobs.size(); i++) {
      boolean matrix = i == 0 && layer.type.equals(INNER_PRODUCT);
      CaffeBlob blob = new CaffeBlob(layer.tensorName(message, name, i), layer.blobs.get(i));
      catalogue.add(blob.toEntry(i > 0, matrix, catalogue));
    }
  }

  private void collect(FileBytes message, CaffeGeneration generation) throws TensorFileException {
    ProtobufFields fields = new ProtobufFields(message, catalogue.budget());
    while (fields.next()) {
      int number = fields.number();
      boolean delimited = fields.wireType() == WireType.LENGTH_DELIMITED;
      if (number == generation.nameField() && delimited) {
        name = fields.text("the layer's name");
        fields.concern(tensorName(message, name, blobs.size()));
      } else if (number == generation.typeField()) {
        type = delimited ? typeByName(fields.text("the kind of layer")) : typeByNumber(fields);
      } else if (number == generation.blobsField() && delimited) {
        blobs.add(fields.payload());
        if (name != null) {
          fields.concern(tensorName(message, name, blobs.size()));
        }
      } else if (generation == CaffeGeneration.V1 && number == V0_LAYER && delimited) {
        collect(fields.payload(), CaffeGeneration.V0);
      }
    }
  }

  private String tensorName(FileBytes message, String layer, int blob) throws TensorFileException {
    catalogue.budget().take(message, NAME_MEMORY + 2L * layer.length());
    return layer + "/" + blob;
  }

  /** The name that the latest generation has for a kind; the first wrote it in small letters. */
  private static String typeByName(String type) {
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "conv" -> "Convolution";
      case "innerproduct", "inner_product" -> INNER_PRODUCT;
      case "pool" -> "Pooling";
      case "relu" -> "ReLU";
      default -> type;
    };
  }

  private static String typeByNumber(ProtobufFields fields) {
    return switch ((int) fields.varint()) {
      case 4 -> "Convolution";
      case 5 -> "Data";
      case 6 -> "Dropout";
      case 14 -> INNER_PRODUCT;
      case 17 -> "Pooling";
      case 18 -> "ReLU";
      case 20 -> "Softmax";
      case 39 -> "Deconvolution";
      default -> Long.toString(fields.varint());
    };
  }
}
