package dev.tempera.vgg.mapping;

import dev.tempera.io.TensorEntry;
import dev.tempera.vgg.Layer;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Positions in a PyTorch Sequential: {@code features.5.weight}, {@code 5.weight}. Convolutions of a
 * block are evenly spaced, and pooling between blocks makes a wider gap. Batch normalisation stands
 * one position behind its convolution.
 */
final class SequentialScheme implements WeightScheme {
  private static final Pattern KEY = Pattern.compile("((?:.*\\bfeatures\\.)?)(\\d{1,3})\\.weight");
  private static final Pattern CLASSIFIER =
      Pattern.compile("(?:.*\\.)?classifier\\.(\\d{1,2})\\.weight");
  private static final int PLAIN_SPACING = 2;

  /** Between convolutions with a padding layer before each, or a normalisation after each. */
  private static final int WIDE_SPACING = 3;

  SequentialScheme() {}

  @Override
  public Optional<NetMapping> map(WeightTable table) throws IOException {
    NavigableMap<Integer, StoredConvolution> positions = positions(table);
    if (positions.isEmpty()) {
      return Optional.empty();
    }
    StoredConvolution first = positions.firstEntry().getValue();
    boolean preprocessed = PixelConvolution.is(first);
    if (preprocessed) {
      positions.pollFirstEntry();
      if (positions.isEmpty()) {
        return Optional.empty();
      }
    }
    boolean normalized =
        positions.values().stream().anyMatch(layer -> layer.normalization().isPresent());
    MappingDraft draft =
        new MappingDraft(
                table,
                "positions in a PyTorch Sequential (features.N.weight)",
                layers(positions, preprocessed || normalized ? WIDE_SPACING : PLAIN_SPACING))
            .because("A wider gap between positions is where the net pools.")
            .fullyConnected(classifier(table));
    if (preprocessed) {
      return Optional.of(
          draft.build(WeightConvention.normalised(PixelConvolution.of(table, first), true)));
    }
    return Optional.of(draft.build(convention(table, positions.firstEntry().getValue())));
  }

  /** The authors' weights are published under torchvision's names too; their filters tell. */
  private static WeightConvention convention(WeightTable table, StoredConvolution first)
      throws IOException {
    if (KernelOrder.OIHW.reads(first.kernel().shape(), 3)
        && FirstFilters.of(first.kernel().toFloats(), WeightConvention.CAFFE_BGR.preprocessing())
            .areVgg19()) {
      return WeightConvention.CAFFE_BGR.with(
          WeightConvention.CAFFE_BGR.preprocessing(),
          "The names are torchvision's, but the first filters are those of the authors' VGG19:"
              + " pixels are 255·BGR less ImageNet's mean colour.");
    }
    if (table.fileName().startsWith("vgg16-00b39a1b")) {
      return WeightConvention.CAFFE_BGR.with(
          WeightConvention.CAFFE_BGR.preprocessing(),
          "The names are torchvision's, but the file has the name of the authors' VGG16 for"
              + " PyTorch: pixels are 255·BGR less ImageNet's mean colour.");
    }
    return WeightConvention.TORCHVISION;
  }

  private static NavigableMap<Integer, StoredConvolution> positions(WeightTable table) {
    NavigableMap<Integer, StoredConvolution> positions = new TreeMap<>();
    for (Map.Entry<String, TensorEntry> entry : table.entries().entrySet()) {
      Matcher matcher = KEY.matcher(entry.getKey());
      if (matcher.matches() && entry.getValue().shape().rank() == 4) {
        String prefix = matcher.group(1);
        int position = Integer.parseInt(matcher.group(2));
        positions.put(
            position,
            new StoredConvolution(
                entry.getValue(),
                table.find(prefix + position + ".bias"),
                normalization(table, prefix + (position + 1))));
      }
    }
    return positions;
  }

  private static Optional<BatchNormalization> normalization(WeightTable table, String layer) {
    return BatchNormalization.find(
        table, layer + ".weight", layer + ".bias", layer + ".running_mean", layer + ".running_var");
  }

  private static SortedMap<Layer, StoredConvolution> layers(
      NavigableMap<Integer, StoredConvolution> positions, int spacing) {
    SortedMap<Layer, StoredConvolution> layers = new TreeMap<>();
    int block = 1;
    int index = 1;
    int last = positions.firstKey() - spacing;
    for (Map.Entry<Integer, StoredConvolution> position : positions.entrySet()) {
      if (position.getKey() - last > spacing) {
        block++;
        index = 1;
      }
      layers.put(Layer.conv(block, index++), position.getValue());
      last = position.getKey();
    }
    return layers;
  }

  private static Map<String, StoredConvolution> classifier(WeightTable table) {
    NavigableMap<Integer, StoredConvolution> found = new TreeMap<>();
    for (Map.Entry<String, TensorEntry> entry : table.entries().entrySet()) {
      Matcher matcher = CLASSIFIER.matcher(entry.getKey());
      if (matcher.matches()) {
        String bias = entry.getKey().replaceFirst("weight$", "bias");
        found.put(
            Integer.parseInt(matcher.group(1)),
            StoredConvolution.of(entry.getValue(), table.find(bias)));
      }
    }
    return ClassifierNames.inOrder(found.values());
  }
}
