package dev.tempera.vgg.format.onnx;

import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.catalogue.TensorCatalogue;
import dev.tempera.vgg.format.protobuf.ProtobufFields;
import dev.tempera.vgg.format.protobuf.WireType;

/** The main graph of an ONNX model; graphs within nodes (branches, loops) hold no VGG weights. */
final class OnnxGraph {
  private static final int NODE = 1;
  private static final int NAME = 2;
  private static final int INITIALIZER = 5;

  private final TensorCatalogue catalogue;
  private int convolutions;

  OnnxGraph(TensorCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * Adds the graph's tensors and what describes its convolutions.
   *
   * @throws TensorFileException if it is not well formed
   */
  void read(FileBytes message) throws TensorFileException {
    ProtobufFields fields = new ProtobufFields(message, catalogue.budget());
    while (fields.next()) {
      if (fields.is(NAME, WireType.LENGTH_DELIMITED)) {
        catalogue.note("graph", fields.text("the graph's name"));
      } else if (fields.is(INITIALIZER, WireType.LENGTH_DELIMITED)) {
        OnnxTensor tensor = OnnxTensor.read(fields.availablePayload(), catalogue);
        catalogue.add(tensor.toEntry(tensor.name()));
      } else if (fields.is(NODE, WireType.LENGTH_DELIMITED)) {
        readNode(OnnxNode.read(fields.payload(), catalogue));
      }
    }
  }

  private void readNode(OnnxNode node) throws TensorFileException {
    switch (node.operator()) {
      case "Conv" -> {
        node.describe("conv@" + convolutions);
        convolutions++;
      }
      case "Constant" -> {
        OnnxTensor tensor = node.value();
        if (tensor != null && tensor.isNumeric() && !node.outputs().isEmpty()) {
          catalogue.add(tensor.toEntry(node.outputs().getFirst()));
        }
      }
      default -> {
        // Other operators have no weights that a VGG net needs.
      }
    }
  }
}
