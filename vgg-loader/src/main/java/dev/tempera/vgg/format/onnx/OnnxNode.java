package dev.tempera.vgg.format.onnx;

import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.catalogue.TensorCatalogue;
import dev.tempera.vgg.format.protobuf.ProtobufFields;
import dev.tempera.vgg.format.protobuf.VarintField;
import dev.tempera.vgg.format.protobuf.WireType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One operation of an ONNX graph: its operator, the tensors it reads and writes, attributes. */
final class OnnxNode {
  private static final int INPUT = 1;
  private static final int OUTPUT = 2;
  private static final int OPERATOR = 4;
  private static final int ATTRIBUTE = 5;
  private static final int ATTRIBUTE_NAME = 1;
  private static final int ATTRIBUTE_TENSOR = 5;
  private static final int ATTRIBUTE_INTEGERS = 8;
  private static final int MOST_CONNECTIONS = 1 << 10;
  private static final int MOST_INTEGERS = 64;
  private static final int NODE_MEMORY = 512;
  private static final Set<String> DESCRIBING = Set.of("kernel_shape", "strides", "pads");

  private String operator = "";
  private final List<String> inputs = new ArrayList<>();
  private final List<String> outputs = new ArrayList<>();
  private final Map<String, List<Long>> integers = new LinkedHashMap<>();
  private @Nullable OnnxTensor value;

  private final TensorCatalogue catalogue;

  private OnnxNode(TensorCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * Reads a node.
   *
   * @throws TensorFileException if it is not well formed
   */
  static OnnxNode read(FileBytes message, TensorCatalogue catalogue) throws TensorFileException {
    catalogue.budget().take(message, NODE_MEMORY);
    OnnxNode node = new OnnxNode(catalogue);
    ProtobufFields fields = new ProtobufFields(message, catalogue.budget());
    while (fields.next()) {
      if (fields.wireType() == WireType.LENGTH_DELIMITED) {
        node.readField(fields);
      }
    }
    return node;
  }

  /** The name of the operator. */
  String operator() {
    return operator;
  }

  /** The names of the tensors that it writes. */
  List<String> outputs() {
    return outputs;
  }

  /** The attribute {@code value} of a constant, or null where it is no tensor. */
  @Nullable OnnxTensor value() {
    return value;
  }

  /**
   * Notes the names of a convolution's weight and bias and how it slides, under a name.
   *
   * @throws TensorFileException if so many are noted that they take too much memory
   */
  void describe(String name) throws TensorFileException {
    catalogue.budget().take(catalogue.bytes(), NODE_MEMORY);
    catalogue.note(name, inputs.stream().skip(1).collect(Collectors.joining("\n")));
    for (Map.Entry<String, List<Long>> attribute : integers.entrySet()) {
      catalogue.note(
          name + "." + attribute.getKey(),
          attribute.getValue().stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
  }

  private void readField(ProtobufFields fields) throws TensorFileException {
    switch (fields.number()) {
      case INPUT -> connect(inputs, fields);
      case OUTPUT -> connect(outputs, fields);
      case OPERATOR -> operator = fields.text("the operator's name");
      case ATTRIBUTE -> readAttribute(fields.payload());
      default -> {
        // The node's own name and documentation say nothing about weights.
      }
    }
  }

  private static void connect(List<String> connections, ProtobufFields fields)
      throws TensorFileException {
    if (connections.size() < MOST_CONNECTIONS) {
      connections.add(fields.text("the name of a node's tensor"));
    }
  }

  private void readAttribute(FileBytes message) throws TensorFileException {
    String name = "";
    FileBytes tensor = null;
    ProtobufFields fields = new ProtobufFields(message, catalogue.budget());
    while (fields.next()) {
      if (fields.is(ATTRIBUTE_NAME, WireType.LENGTH_DELIMITED)) {
        name = fields.text("the name of an attribute");
      } else if (fields.is(ATTRIBUTE_TENSOR, WireType.LENGTH_DELIMITED)) {
        tensor = fields.payload();
      }
    }
    if (DESCRIBING.contains(name)) {
      integers.put(
          name,
          VarintField.of(message, catalogue, null, ATTRIBUTE_INTEGERS).toList(name, MOST_INTEGERS));
    } else if (name.equals("value") && tensor != null) {
      value = OnnxTensor.read(tensor, catalogue);
    }
  }
}
