package dev.tempera.vgg.mapping;

import dev.tempera.vgg.Layer;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Layers that are called by the authors' names ({@code conv1_1} or {@code conv11}, {@code fc6}),
 * behind any prefix; {@code conv0} is preprocessing.
 */
final class LayerNames {
  private static final Pattern NAME =
      Pattern.compile("(?:.*[./:])?(?:conv(?:(0)|([1-9])_?([1-9]))|(fc[678]))");

  private final SortedMap<Layer, StoredConvolution> convolutions = new TreeMap<>();
  private final SortedMap<String, StoredConvolution> fullyConnected = new TreeMap<>();
  private @Nullable StoredConvolution preprocessing;

  /** Sorts layers by what their names say; others are passed over. */
  LayerNames(Map<String, StoredConvolution> layers) {
    layers.forEach(
        (name, layer) -> {
          Matcher matcher = NAME.matcher(name);
          if (!matcher.matches()) {
            return;
          }
          if (matcher.group(1) != null) {
            preprocessing = layer;
          } else if (matcher.group(4) != null) {
            fullyConnected.put(matcher.group(4), layer);
          } else {
            int block = Integer.parseInt(matcher.group(2));
            int index = Integer.parseInt(matcher.group(3));
            convolutions.put(Layer.conv(block, index), layer);
          }
        });
  }

  /** The convolutions by layer. */
  SortedMap<Layer, StoredConvolution> convolutions() {
    return convolutions;
  }

  /** The fully connected layers by name. */
  SortedMap<String, StoredConvolution> fullyConnected() {
    return fullyConnected;
  }

  /** The 1×1 convolution that is called conv0, if there is one. */
  Optional<StoredConvolution> preprocessing() {
    return Optional.ofNullable(preprocessing);
  }
}
