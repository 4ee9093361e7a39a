package dev.tempera.bench.weights;

import static dev.tempera.bench.weights.Protobuf.message;
import static dev.tempera.bench.weights.Protobuf.packed;
import static dev.tempera.bench.weights.Protobuf.text;
import static dev.tempera.bench.weights.Protobuf.varint;

import java.util.ArrayList;
import java.util.List;

/** An ONNX model as PyTorch exports it: initialisers of raw data, and a node a layer. */
final class OnnxVgg19 {
  private static final int FLOAT = 1;

  private OnnxVgg19() {}

  static Content file(List<Vgg19.Layer> layers) {
    List<Content> graph = new ArrayList<>();
    String input = "picture";
    for (Vgg19.Layer layer : layers) {
      graph.add(
          message(
              1,
              text(1, input),
              text(1, layer.torchName() + ".weight"),
              text(1, layer.torchName() + ".bias"),
              text(2, layer.name()),
              text(4, layer.isConvolution() ? "Conv" : "Gemm")));
      input = layer.name();
    }
    graph.add(text(2, "vgg19"));
    for (Vgg19.Layer layer : layers) {
      graph.add(initialiser(layer.torchName() + ".weight", layer.weights(), layer.weightShape()));
      graph.add(initialiser(layer.torchName() + ".bias", layer.outputs(), layer.outputs()));
    }
    return Content.join(
        varint(1, 8), message(7, Content.join(graph)), message(8, text(1, ""), varint(2, 17)));
  }

  private static Content initialiser(String name, long count, long... shape) {
    return message(
        5, packed(1, shape), varint(2, FLOAT), text(8, name), message(9, Content.floats(count)));
  }
}
