package dev.tempera.vgg.mapping;

import dev.tempera.backend.PaddingMode;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.Preprocessing;
import dev.tempera.vgg.Vgg;
import dev.tempera.vgg.WeightFamily;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the tensors of a file are in a VGG-shaped net.
 *
 * @param source what the names and shapes were taken for, in words
 * @param family where the weights come from
 * @param convolutions by layer, in the order data flows, without a gap
 * @param fullyConnected the fully connected layers by their usual names (fc6, fc7, fc8), as
 *     convolutions of their size; a feature net has no use for them
 * @param preprocessing what the weights expect of pixels
 * @param padding what stands around the image
 * @param ceilPooling whether pooling rounds odd sizes up
 * @param explanation what was taken for what and why, in sentences
 */
public record NetMapping(
    String source,
    WeightFamily family,
    SortedMap<Layer, ConvolutionEntry> convolutions,
    Map<String, ConvolutionEntry> fullyConnected,
    Preprocessing preprocessing,
    PaddingMode padding,
    boolean ceilPooling,
    List<String> explanation) {

  /** A mapping; the collections are copied. */
  public NetMapping {
    convolutions = Collections.unmodifiableSortedMap(new TreeMap<>(convolutions));
    fullyConnected = Collections.unmodifiableMap(new LinkedHashMap<>(fullyConnected));
    explanation = List.copyOf(explanation);
  }

  /** The shape of the net: everything up to the last convolution's ReLU. */
  public Vgg description() {
    List<List<Integer>> blocks = new ArrayList<>();
    convolutions.forEach(
        (layer, convolution) -> {
          if (layer.index() == 1) {
            blocks.add(new ArrayList<>());
          }
          blocks.getLast().add(convolution.outputChannels());
        });
    return new Vgg(
        blocks.stream().map(List::copyOf).toList(), padding, ceilPooling, preprocessing, false);
  }
}
