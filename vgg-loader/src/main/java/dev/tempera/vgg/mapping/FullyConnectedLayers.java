package dev.tempera.vgg.mapping;

import dev.tempera.io.TensorEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes fully connected layers as convolutions: the first reads all pixels of the last feature map
 * (7×7 in VGG), the others one pixel. Layers that do not fit are passed over, with a sentence.
 */
final class FullyConnectedLayers {
  private final KernelOrder order;
  private final List<String> explanation;
  private int channels;
  private boolean outputsFirst;

  /**
   * Layers behind the convolutions.
   *
   * @param order of the axes of kernels, which tells how feature maps were flattened
   * @param channels of the last convolution
   * @param explanation where sentences are added
   */
  FullyConnectedLayers(KernelOrder order, int channels, List<String> explanation) {
    this.order = order;
    this.channels = channels;
    this.explanation = explanation;
    this.outputsFirst = order == KernelOrder.OIHW;
  }

  /** The layers as convolutions, as far as they fit. */
  Map<String, ConvolutionEntry> map(Map<String, StoredConvolution> layers) {
    Map<String, ConvolutionEntry> mapped = new LinkedHashMap<>();
    for (Map.Entry<String, StoredConvolution> layer : layers.entrySet()) {
      TensorEntry weights = layer.getValue().kernel();
      Optional<TensorEntry> kernel = kernel(weights, mapped.isEmpty());
      if (kernel.isEmpty()) {
        explanation.add(
            layer.getKey()
                + " is passed over: '"
                + weights.name()
                + "' "
                + weights.shape()
                + " does not read "
                + channels
                + " channels.");
        return mapped;
      }
      mapped.put(
          layer.getKey(),
          new ConvolutionEntry(kernel.get(), layer.getValue().bias(), Optional.empty(), false));
      channels = kernel.get().shape().dim(0);
    }
    if (!mapped.isEmpty()) {
      explanation.add(
          "The fully connected layers "
              + String.join(", ", mapped.keySet())
              + " are not needed for features.");
    }
    return mapped;
  }

  private Optional<TensorEntry> kernel(TensorEntry weights, boolean first) {
    if (weights.shape().rank() == 4) {
      TensorEntry view = order.view(weights);
      return Optional.of(view).filter(kernel -> kernel.shape().dim(1) == channels);
    }
    if (weights.shape().rank() != 2) {
      return Optional.empty();
    }
    if (first && side(weights.shape().dim(outputsFirst ? 1 : 0)) == 0) {
      outputsFirst = !outputsFirst;
    }
    TensorEntry matrix = outputsFirst ? weights : weights.permuted(1, 0);
    int side = side(matrix.shape().dim(1));
    if (side == 0) {
      return Optional.empty();
    }
    return Optional.of(
        order == KernelOrder.OIHW
            ? matrix.split(1, channels, side, side)
            : matrix.split(1, side, side, channels).permuted(0, 3, 1, 2));
  }

  /** The side of the square of pixels that so many inputs are; 0 where they are none. */
  private int side(int inputs) {
    int pixels = inputs / channels;
    int side = (int) Math.round(Math.sqrt(pixels));
    return side * side * channels == inputs ? side : 0;
  }
}
