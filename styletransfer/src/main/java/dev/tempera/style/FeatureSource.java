package dev.tempera.style;

import dev.tempera.tensor.Tensor;
import dev.tempera.vgg.FilterNets;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.VggNet;
import dev.tempera.vgg.mapping.VggLoader;
import dev.tempera.weights.EmbeddedWeights;
import dev.tempera.weights.PairFeatures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the features come from: weights from a file, or filters learned from the pictures
 * themselves.
 */
@FunctionalInterface
public interface FeatureSource {
  /**
   * Opens the net, which is closed after the run.
   *
   * @param content RGB in [0, 1], (1, 3, H, W), at working size
   * @param styles the same, at theirs
   * @throws IOException if weights cannot be read
   */
  VggNet open(Tensor content, List<Tensor> styles) throws IOException;

  /** Filters learned from the content and style pictures: no weights needed. */
  static FeatureSource ofPictures() {
    return (content, styles) -> FilterNets.bind(PairFeatures.learn(content, styles));
  }

  /** Fixed filters learned from generated pictures, which the library carries with it. */
  static FeatureSource deadLeaves() {
    return (content, styles) -> FilterNets.bind(EmbeddedWeights.deadLeaves());
  }

  /**
   * The weights in a file, such as {@link dev.tempera.vgg.fetch.WeightCache} gives for published
   * ones.
   *
   * @param deepest nothing behind this layer is read
   */
  static FeatureSource weights(Path file, Layer deepest) {
    return (content, styles) -> VggLoader.load(file, deepest);
  }
}
