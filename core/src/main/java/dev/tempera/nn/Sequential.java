package dev.tempera.nn;

import dev.tempera.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Layers one after another. Each result is closed as soon as the next layer has used it, so that
 * only what gradients need stays in memory.
 */
public final class Sequential extends Layer {
  private final List<Layer> layers;

  private Sequential(SequencedMap<String, Layer> named) {
    layers = new ArrayList<>(named.size());
    named.forEach((name, layer) -> layers.add(child(name, layer)));
  }

  /**
   * Layers named 0, 1, 2 and so on.
   *
   * @throws IllegalArgumentException if a layer is part of a block already
   */
  public static Sequential of(Layer... layers) {
    Builder builder = builder();
    for (Layer layer : layers) {
      builder.add(layer);
    }
    return builder.build();
  }

  /** Begins with no layers. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects layers in order. */
  public static final class Builder {
    private final SequencedMap<String, Layer> layers = new LinkedHashMap<>();

    private Builder() {}

    /** Adds a layer, named by its position. */
    public Builder add(Layer layer) {
      return add(Integer.toString(layers.size()), layer);
    }

    /**
     * Adds a layer.
     *
     * @param name without dots
     * @throws IllegalArgumentException if the name is in use
     */
    public Builder add(String name, Layer layer) {
      if (layers.putIfAbsent(name, layer) != null) {
        throw new IllegalArgumentException("sequential: two layers are named '" + name + "'");
      }
      return this;
    }

    /** The layers one after another. */
    public Sequential build() {
      return new Sequential(layers);
    }
  }

  /** The layers in order. */
  public List<Layer> layers() {
    return List.copyOf(layers);
  }

  @Override
  protected Tensor forward(Tensor x) {
    if (layers.isEmpty()) {
      return unchanged(x);
    }
    Tensor current = layers.getFirst().apply(x);
    for (Layer layer : layers.subList(1, layers.size())) {
      try (Tensor before = current) {
        current = layer.apply(before);
      }
    }
    return current;
  }
}
