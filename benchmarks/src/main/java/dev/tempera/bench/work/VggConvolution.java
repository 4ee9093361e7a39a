package dev.tempera.bench.work;

import dev.tempera.vgg.Layer;
import dev.tempera.vgg.Vgg;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers of VGG19, up to conv5_1, that are one and the same convolution of images of one size.
 *
 * @param layers that share the shape, in the order data flows
 * @param inputChannels of each
 * @param outputChannels of each
 * @param reduction by how much the image is smaller there than at the net's input
 */
public record VggConvolution(
    List<Layer> layers, int inputChannels, int outputChannels, int reduction) {
  private static final List<VggConvolution> ALL = distinct(Vgg.VGG19.until(Layer.conv(5, 1)));

  /** Every shape once, in the order data flows: 13 layers, 9 shapes. */
  public static List<VggConvolution> all() {
    return ALL;
  }

  /**
   * The shape of a layer.
   *
   * @throws IllegalArgumentException if it is not one of these convolutions
   */
  public static VggConvolution of(Layer layer) {
    return ALL.stream()
        .filter(shape -> shape.layers.contains(layer))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    layer + " is not a convolution of VGG19 from conv1_1 to conv5_1"));
  }

  /** The convolution in a net whose input has a size. */
  public Convolution at(int size, Convolution.Direction direction) {
    return new Convolution(
        inputChannels, outputChannels, Math.max(1, size / reduction), 3, 1, direction);
  }

  /** The layers in one word, such as {@code conv3_2..3_4}. */
  public String name() {
    String first = layers.getFirst().toString();
    String last = layers.getLast().toString();
    return layers.size() == 1 ? first : first + ".." + last.substring("conv".length());
  }

  private static List<VggConvolution> distinct(Vgg net) {
    List<VggConvolution> shapes = new ArrayList<>();
    for (Layer layer : net.convolutions()) {
      VggConvolution own =
          new VggConvolution(
              List.of(layer),
              net.inputChannels(layer),
              net.channels(layer),
              1 << (layer.block() - 1));
      VggConvolution last = shapes.isEmpty() ? own : shapes.getLast();
      if (shapes.isEmpty() || !own.isLike(last)) {
        shapes.add(own);
      } else {
        List<Layer> joined = new ArrayList<>(last.layers);
        joined.add(layer);
        shapes.set(
            shapes.size() - 1,
            new VggConvolution(
                List.copyOf(joined), last.inputChannels, last.outputChannels, last.reduction));
      }
    }
    return List.copyOf(shapes);
  }

  private boolean isLike(VggConvolution other) {
    return inputChannels == other.inputChannels
        && outputChannels == other.outputChannels
        && reduction == other.reduction;
  }
}
