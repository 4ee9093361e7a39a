package dev.tempera.vgg.mapping;

import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import dev.tempera.vgg.Features;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.VggNet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a layer answers the test pattern.
 *
 * @param mean of all activations after the ReLU
 * @param maximum of them
 * @param activeShare how many are above zero, from 0 to 1; it does not depend on the scale of
 *     filters, so it is the same for the authors' weights and their normalised form
 */
public record LayerActivity(double mean, double maximum, double activeShare) {
  /** Further in than this the padding has no say in any of the layers to conv3_1. */
  private static final double INNER_FROM = 0.25;

  private static final double INNER_SHARE = 0.5;

  /** The answers of every ReLU of a net, in the order data flows. */
  static Map<Layer, LayerActivity> of(VggNet net) {
    List<Layer> layers =
        net.description().layers().stream()
            .filter(layer -> layer.kind() == Layer.Kind.RELU)
            .toList();
    Map<Layer, LayerActivity> answers = new TreeMap<>();
    try (TensorScope _ = TensorScope.open("test pattern");
        Features features = net.features(TestPattern.image(), layers)) {
      for (Layer layer : layers) {
        answers.put(layer, of(features.of(layer)));
      }
    }
    return answers;
  }

  private static LayerActivity of(Tensor map) {
    float[] values = map.toFloats();
    int width = map.shape().dim(3);
    int height = map.shape().dim(2);
    double sum = 0;
    double maximum = 0;
    long active = 0;
    long count = 0;
    for (int i = 0; i < values.length; i++) {
      if (isInner(i % width, width) && isInner(i / width % height, height)) {
        sum += values[i];
        maximum = values[i] <= maximum ? maximum : values[i];
        active += values[i] > 0 ? 1 : 0;
        count++;
      }
    }
    return new LayerActivity(sum / count, maximum, (double) active / count);
  }

  private static boolean isInner(int place, int length) {
    double share = (place + 0.5) / length;
    return share > INNER_FROM && share < INNER_FROM + INNER_SHARE;
  }
}
