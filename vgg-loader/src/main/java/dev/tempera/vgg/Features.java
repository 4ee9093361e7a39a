package dev.tempera.vgg;

import dev.tempera.tensor.Tensor;
import java.util.Map;

/** The feature maps of some layers for one image. */
public final class Features {
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
}
