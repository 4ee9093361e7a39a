package dev.tempera.vgg.mapping;

import dev.tempera.io.TensorEntry;
import dev.tempera.vgg.Layer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keras and TensorFlow.js by layer names: {@code block1_conv1/kernel}, in HDF5 behind groups and
 * with {@code :0} at the end, {@code block1_conv1_W_1:0} in the oldest files, {@code
 * layers/block1_conv1/vars/0} in the newest.
 */
final class KerasScheme implements WeightScheme {
  private static final Pattern KEY =
      Pattern.compile(
          "(?!optimizer)(?:.*/)?((?:block([1-9])_conv([1-9])|fc1|fc2|predictions)(?:_\\d+)?)"
              + "(?:/|_)(?:(kernel|W|vars/0)|(bias|b|vars/1))(?:_\\d+)?(?::0)?");
  private static final Map<String, String> CLASSIFIER =
      Map.of("fc1", "fc6", "fc2", "fc7", "predictions", "fc8");

  KerasScheme() {}

  @Override
  public Optional<NetMapping> map(WeightTable table) throws IOException {
    Map<String, TensorEntry> kernels = new LinkedHashMap<>();
    Map<String, TensorEntry> biases = new LinkedHashMap<>();
    Map<String, Layer> layers = new LinkedHashMap<>();
    for (Map.Entry<String, TensorEntry> entry : table.entries().entrySet()) {
      Matcher matcher = KEY.matcher(entry.getKey());
      if (matcher.matches()) {
        String name = matcher.group(1);
        (matcher.group(4) != null ? kernels : biases).put(name, entry.getValue());
        if (matcher.group(2) != null) {
          int block = Integer.parseInt(matcher.group(2));
          layers.put(name, Layer.conv(block, Integer.parseInt(matcher.group(3))));
        }
      }
    }
    SortedMap<Layer, StoredConvolution> convolutions = new TreeMap<>();
    SortedMap<String, StoredConvolution> fullyConnected = new TreeMap<>();
    kernels.forEach(
        (name, kernel) -> {
          StoredConvolution stored =
              StoredConvolution.of(kernel, Optional.ofNullable(biases.get(name)));
          Layer layer = layers.get(name);
          if (layer != null) {
            convolutions.put(layer, stored);
          } else {
            fullyConnected.put(CLASSIFIER.getOrDefault(name, name), stored);
          }
        });
    if (convolutions.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new MappingDraft(table, "layers of Keras (block1_conv1)", convolutions)
            .flippedWhereOihw()
            .fullyConnected(fullyConnected)
            .build(WeightConvention.CAFFE_BGR));
  }
}
