package dev.tempera.vgg.mapping;

import dev.tempera.io.TensorEntry;
import dev.tempera.vgg.Layer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts a mapping together from what a scheme has found by names: settles the order of axes by the
 * shapes, and refuses a net with gaps or kernels that do not fit together.
 */
final class MappingDraft {
  private static final int IMAGE_CHANNELS = 3;

  private final WeightTable table;
  private final String source;
  private final SortedMap<Layer, StoredConvolution> convolutions;
  private final Map<String, StoredConvolution> fullyConnected = new LinkedHashMap<>();
  private final List<String> explanation = new ArrayList<>();
  private boolean flippedWhereOihw;

  MappingDraft(WeightTable table, String source, SortedMap<Layer, StoredConvolution> convolutions) {
    this.table = table;
    this.source = source;
    this.convolutions = convolutions;
    explanation.add("The tensors were taken for " + source + ".");
  }

  /** Adds a sentence to the explanation. */
  MappingDraft because(String sentence) {
    explanation.add(sentence);
    return this;
  }

  /** Adds fully connected layers, by fc6, fc7 and fc8, in this order. */
  MappingDraft fullyConnected(Map<String, StoredConvolution> layers) {
    fullyConnected.putAll(layers);
    return this;
  }

  /** Says that files of this source keep kernels flipped where Cout comes first. */
  MappingDraft flippedWhereOihw() {
    flippedWhereOihw = true;
    return this;
  }

  /** The kernels as stored, in the order data flows. */
  private List<TensorEntry> kernels() {
    return convolutions.values().stream().map(StoredConvolution::kernel).toList();
  }

  /**
   * The mapping.
   *
   * @throws IOException if the tensors are no VGG-shaped net
   */
  NetMapping build(WeightConvention convention) throws IOException {
    KernelOrder order = KernelOrder.of(kernels()).orElse(KernelOrder.OIHW);
    boolean flipped = flippedWhereOihw && order == KernelOrder.OIHW;
    explanation.add("Kernels are stored as " + order.axes() + ".");
    if (flipped) {
      explanation.add(
          "In this order such files keep kernels turned by 180°, for Theano; they are turned back.");
    }
    SortedMap<Layer, ConvolutionEntry> mapped = new TreeMap<>();
    int channels = IMAGE_CHANNELS;
    Layer before = null;
    for (Map.Entry<Layer, StoredConvolution> entry : convolutions.entrySet()) {
      requireNext(before, entry.getKey());
      before = entry.getKey();
      ConvolutionEntry convolution = convolution(entry.getValue(), order, channels, flipped);
      mapped.put(before, convolution);
      channels = convolution.outputChannels();
    }
    long normalized = mapped.values().stream().filter(c -> c.normalization().isPresent()).count();
    if (normalized > 0) {
      explanation.add(
          "Batch normalisation after "
              + normalized
              + " convolutions is folded into their kernels and biases.");
    }
    explanation.add(convention.reason());
    Map<String, ConvolutionEntry> classifier =
        new FullyConnectedLayers(order, channels, explanation).map(fullyConnected);
    return new NetMapping(
        source,
        convention.family(),
        mapped,
        classifier,
        convention.preprocessing(),
        convention.padding(),
        convention.ceilPooling(),
        explanation);
  }

  private void requireNext(@Nullable Layer before, Layer layer) throws IOException {
    boolean follows =
        before == null
            ? layer.block() == 1 && layer.index() == 1
            : (layer.block() == before.block() && layer.index() == before.index() + 1)
                || (layer.block() == before.block() + 1 && layer.index() == 1);
    if (!follows) {
      throw table.failure(
          "no VGG-shaped net: it has " + layer + " but not the convolution before it");
    }
  }

  private ConvolutionEntry convolution(
      StoredConvolution stored, KernelOrder order, int channels, boolean flipped)
      throws IOException {
    TensorEntry kernel = stored.kernel();
    if (!order.reads(kernel.shape(), channels)) {
      throw table.failure(
          "no VGG-shaped net: tensor '"
              + kernel.name()
              + "' has shape "
              + kernel.shape()
              + ", a 3×3 kernel for "
              + channels
              + " channels has "
              + order.axes()
              + " with Cin = "
              + channels);
    }
    TensorEntry view = order.view(kernel);
    int outputs = view.shape().dim(0);
    for (TensorEntry each : perChannel(stored)) {
      if (each.shape().size() != outputs) {
        throw table.failure(
            "tensor '"
                + each.name()
                + "' has shape "
                + each.shape()
                + ", one number for each of "
                + outputs
                + " channels has ["
                + outputs
                + "]");
      }
    }
    return new ConvolutionEntry(view, stored.bias(), stored.normalization(), flipped);
  }

  private static List<TensorEntry> perChannel(StoredConvolution stored) {
    List<TensorEntry> entries = new ArrayList<>();
    stored.bias().ifPresent(entries::add);
    Optional<BatchNormalization> normalization = stored.normalization();
    if (normalization.isPresent()) {
      BatchNormalization found = normalization.get();
      entries.addAll(List.of(found.gamma(), found.beta(), found.mean(), found.variance()));
    }
    return entries;
  }
}
