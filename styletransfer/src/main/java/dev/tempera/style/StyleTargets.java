package dev.tempera.style;

import dev.tempera.style.loss.ContentLoss;
import dev.tempera.style.loss.StyleLoss;
import dev.tempera.tensor.NoRecord;
import dev.tempera.tensor.Tensor;
import dev.tempera.vgg.Features;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.VggNet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an image is held against in one round.
 *
 * @param style by style layer
 * @param content by content layer
 */
record StyleTargets(Map<Layer, StyleLoss.Target> style, Map<Layer, ContentLoss.Target> content) {
  /**
   * Computes the targets; what they hold belongs to the innermost scope.
   *
   * @param content RGB in [0, 1], (1, 3, H, W)
   * @param styles the same, each of its own size
   */
  static StyleTargets of(
      VggNet net, Recipe recipe, LayerChoice layers, Tensor content, List<Tensor> styles) {
    Map<Layer, StyleLoss.Target> styleTargets = new LinkedHashMap<>();
    Map<Layer, ContentLoss.Target> contentTargets = new LinkedHashMap<>();
    try (NoRecord _ = NoRecord.open()) {
      List<Features> features = new ArrayList<>();
      for (Tensor style : styles) {
        features.add(net.features(style, layers.style()));
      }
      for (Layer layer : layers.style()) {
        styleTargets.put(
            layer,
            recipe.styleLoss().target(features.stream().map(maps -> maps.of(layer)).toList()));
      }
      features.forEach(Features::close);
      try (Features maps = net.features(content, layers.content())) {
        for (Layer layer : layers.content()) {
          contentTargets.put(layer, recipe.contentLoss().target(maps.of(layer)));
        }
      }
    }
    return new StyleTargets(styleTargets, contentTargets);
  }
}
