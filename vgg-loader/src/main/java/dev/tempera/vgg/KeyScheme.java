package dev.tempera.vgg;

import dev.tempera.data.Shape;
import dev.tempera.io.TensorEntry;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a publisher names the tensors of a VGG net, told from the names themselves. */
enum KeyScheme {
  /**
   * {@code conv1_1.weight} or {@code conv11.weight}, behind any prefix; {@code conv0} is
   * preprocessing.
   */
  LAYER_NAMES {
    private static final Pattern KEY =
        Pattern.compile("(?:.*\\.)?conv(?:(0)|([1-9])_?([1-9]))\\.weight");

    @Override
    Optional<Keys> map(Map<String, TensorEntry> entries) {
      Map<Layer, String> convolutions = new TreeMap<>();
      String preprocessing = null;
      for (String name : entries.keySet()) {
        Matcher matcher = KEY.matcher(name);
        if (!matcher.matches()) {
          continue;
        }
        String prefix = prefix(name);
        if (matcher.group(1) != null) {
          preprocessing = prefix;
        } else {
          Layer layer =
              Layer.conv(Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)));
          convolutions.put(layer, prefix);
        }
      }
      return keys(convolutions, preprocessing);
    }
  },
  /**
   * Positions in a PyTorch Sequential: {@code features.5.weight}, {@code 5.weight}. Convolutions of
   * a block are evenly spaced, and pooling between blocks makes a wider gap.
   */
  SEQUENTIAL {
    private static final Pattern KEY = Pattern.compile("(?:.*\\bfeatures\\.)?(\\d{1,3})\\.weight");

    @Override
    Optional<Keys> map(Map<String, TensorEntry> entries) {
      NavigableMap<Integer, String> positions = new TreeMap<>();
      for (String name : entries.keySet()) {
        Matcher matcher = KEY.matcher(name);
        if (matcher.matches()) {
          positions.put(Integer.parseInt(matcher.group(1)), prefix(name));
        }
      }
      if (positions.isEmpty()) {
        return Optional.empty();
      }
      // Nets with a first 1×1 convolution also have a padding layer before each of the others.
      TensorEntry first = entries.get(positions.firstEntry().getValue() + ".weight");
      boolean preprocessed = first != null && first.shape().equals(PIXEL_MAP);
      String preprocessing = preprocessed ? positions.pollFirstEntry().getValue() : null;
      int spacing = preprocessed ? 3 : 2;
      Map<Layer, String> convolutions = new TreeMap<>();
      int block = 1;
      int index = 1;
      int last = positions.firstKey() - spacing;
      for (Map.Entry<Integer, String> position : positions.entrySet()) {
        if (position.getKey() - last > spacing) {
          block++;
          index = 1;
        }
        convolutions.put(Layer.conv(block, index++), position.getValue());
        last = position.getKey();
      }
      return keys(convolutions, preprocessing);
    }
  };

  /**
   * The names of a net's tensors without {@code .weight} and {@code .bias}.
   *
   * @param convolutions by layer, in the order data flows
   * @param preprocessing a first 1×1 convolution from RGB in [0, 1], if there is one
   */
  record Keys(Map<Layer, String> convolutions, Optional<String> preprocessing) {}

  private static final Shape PIXEL_MAP = Shape.of(3, 3, 1, 1);

  /** The names by layer, if they are of this scheme. */
  abstract Optional<Keys> map(Map<String, TensorEntry> entries);

  private static String prefix(String weightName) {
    return weightName.substring(0, weightName.length() - ".weight".length());
  }

  private static Optional<Keys> keys(
      Map<Layer, String> convolutions, @Nullable String preprocessing) {
    return convolutions.isEmpty()
        ? Optional.empty()
        : Optional.of(new Keys(convolutions, Optional.ofNullable(preprocessing)));
  }
}
