package dev.tempera.vgg;

import dev.tempera.tensor.Tensor;
import java.util.Map;

/**
 * The feature maps of some layers for one image. They are large: closed as soon as everything has
 * been computed from them, they take no memory beyond what records for gradients keep.
 */
public final class Features implements AutoCloseable {
  private final Map<Layer, Tensor> maps;

  Features(Map<Layer, Tensor> maps) {
    this.maps = maps;
  }

  /**
   * The feature map of a layer, (N, C, H′, W′).
   *
   * @throws IllegalArgumentException if the layer was not asked for
   */
  public Tensor of(Layer layer) {
    Tensor map = maps.get(layer);
    if (map == null) {
      throw new IllegalArgumentException(
          "features: " + layer + " was not asked for, only " + maps.keySet());
    }
    return map;
  }

  /** Closes the feature maps. */
  @Override
  public void close() {
    maps.values().forEach(Tensor::close);
  }
}
