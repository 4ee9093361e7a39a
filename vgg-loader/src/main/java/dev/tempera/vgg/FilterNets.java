package dev.tempera.vgg;

import dev.tempera.backend.PaddingMode;
import dev.tempera.tensor.Tensor;
import dev.tempera.weights.FilterLevel;
import dev.tempera.weights.FilterNet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Binds filters learned by principal component analysis to a VGG-shaped net with one convolution a
 * block.
 */
public final class FilterNets {
  private FilterNets() {}

  /** The net of these filters, independent of any scope until it is closed. */
  public static VggNet bind(FilterNet filters) {
    List<List<Integer>> widths =
        filters.levels().stream().map(level -> List.of(level.outputChannels())).toList();
    double mean = FilterNet.INPUT_MEAN;
    double deviation = FilterNet.INPUT_DEVIATION;
    Preprocessing preprocessing =
        Preprocessing.scaled(
            1, new double[] {mean, mean, mean}, new double[] {deviation, deviation, deviation});
    Vgg description = new Vgg(widths, PaddingMode.REFLECT, false, preprocessing, false);
    try {
      return VggNet.of(
          description,
          WeightFamily.PCA,
          filters.summary(),
          layer -> weights(filters.levels().get(layer.block() - 1)));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static ConvWeights weights(FilterLevel level) {
    int out = level.outputChannels();
    int side = FilterLevel.KERNEL_SIZE;
    return new ConvWeights(
        Tensor.of(level.kernel(), out, level.inputChannels(), side, side),
        Tensor.of(level.bias(), out));
  }
}
