package dev.tempera.vgg.mapping;

import dev.tempera.io.TensorEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the names of a layer's two tensors end.
 *
 * @param weights the ending of the kernel's name
 * @param bias the ending of the bias's name
 * @param turnedToRgb whether the authors' weights under such names read RGB, not BGR
 */
record KeyEndings(String weights, String bias, boolean turnedToRgb) {
  /**
   * PyTorch; MXNet; the .npz of D. Frossard; Caffe2 in ONNX; Caffe, and the .npy of its converters;
   * TensorFlow-Slim, and its variables.
   */
  private static final List<KeyEndings> ALL =
      List.of(
          new KeyEndings(".weight", ".bias", false),
          new KeyEndings("_weight", "_bias", true),
          new KeyEndings("_W", "_b", true),
          new KeyEndings("_w_0", "_b_0", false),
          new KeyEndings("/0", "/1", false),
          new KeyEndings("/weights", "/biases", true),
          new KeyEndings("/weights:0", "/biases:0", true),
          new KeyEndings("/kernel", "/bias", false));

  /** The endings that most kernels of a file have; none where no known ending occurs. */
  static Optional<KeyEndings> of(WeightTable table) {
    return ALL.stream()
        .filter(endings -> table.names().stream().anyMatch(n -> n.endsWith(endings.weights)))
        .findFirst();
  }

  /** The tensors of each layer by the layer's name, without the endings, in the file's order. */
  Map<String, StoredConvolution> layers(WeightTable table) {
    Map<String, StoredConvolution> layers = new LinkedHashMap<>();
    for (Map.Entry<String, TensorEntry> entry : table.entries().entrySet()) {
      String name = entry.getKey();
      if (name.endsWith(weights)) {
        String layer = name.substring(0, name.length() - weights.length());
        layers.put(layer, StoredConvolution.of(entry.getValue(), table.find(layer + bias)));
      }
    }
    return layers;
  }
}
