package dev.tempera.vgg;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.Padding;
import dev.tempera.backend.PaddingMode;
import dev.tempera.backend.Pool2dParams;
import dev.tempera.data.Philox;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.forecast.MemoryForecast;
import dev.tempera.op.AvgPool2d;
import dev.tempera.op.Conv2d;
import dev.tempera.op.MaxPool2d;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A {@link Vgg} with frozen weights: turns an image into the feature maps of chosen layers.
 * Features that nobody asked for are given back as soon as the next layer has been computed.
 */
public final class VggNet implements AutoCloseable {
  private static final Conv2dParams ONE_BY_ONE = Conv2dParams.DEFAULT;

  private final Vgg description;
  private final WeightFamily family;
  private final String origin;
  private final Map<Layer, ConvWeights> weights;
  private final ConvWeights preprocessing;
  private final Pooling pooling;

  private VggNet(
      Vgg description,
      WeightFamily family,
      String origin,
      Map<Layer, ConvWeights> weights,
      ConvWeights preprocessing,
      Pooling pooling) {
    this.description = description;
    this.family = family;
    this.origin = origin;
    this.weights = weights;
    this.preprocessing = preprocessing;
    this.pooling = pooling;
  }

  /** Where weights come from: the numbers of one convolution, row-major. */
  @FunctionalInterface
  public interface Source {
    /**
     * The kernel and bias of a convolution, as tensors in the innermost scope.
     *
     * @throws IOException if they cannot be read
     */
    ConvWeights weights(Layer convolution) throws IOException;
  }

  /**
   * A net with weights of its own, independent of any scope until it is closed.
   *
   * @param origin says to people, in a few words, what the weights are
   * @throws IOException if the source cannot be read
   */
  public static VggNet of(Vgg description, WeightFamily family, String origin, Source source)
      throws IOException {
    Map<Layer, ConvWeights> weights = new LinkedHashMap<>();
    try (TensorScope scope = TensorScope.open("weights")) {
      for (Layer layer : description.convolutions()) {
        ConvWeights loaded = source.weights(layer);
        requireShape(description, layer, loaded);
        weights.put(layer, owned(scope, loaded));
      }
      Preprocessing map = description.preprocessing();
      ConvWeights pixelMap =
          new ConvWeights(Tensor.of(map.matrix(), 3, 3, 1, 1), Tensor.of(map.offset(), 3));
      return new VggNet(description, family, origin, weights, owned(scope, pixelMap), Pooling.MAX);
    }
  }

  private static ConvWeights owned(TensorScope scope, ConvWeights weights) {
    scope.release(weights.kernel());
    scope.release(weights.bias());
    return weights.freeze();
  }

  private static void requireShape(Vgg description, Layer layer, ConvWeights weights) {
    int channels = description.channels(layer);
    Shape kernel = Shape.of(channels, description.inputChannels(layer), 3, 3);
    if (!weights.kernel().shape().equals(kernel)
        || !weights.bias().shape().equals(Shape.of(channels))) {
      throw new ShapeException(
          layer
              + ": the weights do not fit the net\n  kernel  "
              + weights.kernel().shape()
              + "  (Cout, Cin, kH, kW)\n  bias    "
              + weights.bias().shape()
              + "  (Cout)\n  rule    "
              + kernel
              + " and ["
              + channels
              + "]");
    }
  }

  /** Random filters (He et al., 2015, equation 10), no biases; for measurements and experiments. */
  public static VggNet random(Vgg description, long seed) {
    try {
      return of(
          description,
          WeightFamily.RANDOM,
          "random filters, seed " + seed,
          layer -> {
            int in = description.inputChannels(layer);
            int out = description.channels(layer);
            float[] values =
                new Philox(seed, layer.block() * 100L + layer.index()).normal(out * in * 9);
            float deviation = (float) Math.sqrt(2.0 / (in * 9));
            for (int i = 0; i < values.length; i++) {
              values[i] *= deviation;
            }
            return new ConvWeights(Tensor.of(values, out, in, 3, 3), Tensor.zeros(out));
          });
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * A net that takes this one's place in a {@link MemoryForecast}: weights of the same shapes,
   * without content. It is closed like any other.
   *
   * @throws IllegalStateException outside of a forecast's program
   */
  public VggNet standIn() {
    Map<Layer, ConvWeights> others = new LinkedHashMap<>();
    try (TensorScope scope = TensorScope.open("weights")) {
      weights.forEach((layer, own) -> others.put(layer, owned(scope, own.standIn())));
      ConvWeights pixelMap = owned(scope, preprocessing.standIn());
      return new VggNet(description, family, origin, others, pixelMap, pooling);
    }
  }

  /** The net's shape. */
  public Vgg description() {
    return description;
  }

  /** Where the weights come from. */
  public WeightFamily family() {
    return family;
  }

  /** What the weights are, in a few words for people. */
  public String origin() {
    return origin;
  }

  /** How the net shrinks its feature maps. */
  public Pooling pooling() {
    return pooling;
  }

  /** The same weights with other pooling; both handles share them, and one of the two is closed. */
  public VggNet withPooling(Pooling other) {
    return new VggNet(description, family, origin, weights, preprocessing, other);
  }

  /**
   * The feature maps of some layers. Gradients flow from them to the image, if it is tracked.
   *
   * @param image (N, 3, H, W), RGB in [0, 1]
   * @param layers which; the net is computed no further than the deepest of them
   * @return their feature maps, which belong to the innermost scope
   * @throws IllegalArgumentException if the net has no such layer
   */
  public Features features(Tensor image, Collection<Layer> layers) {
    Map<Layer, Tensor> features = new LinkedHashMap<>();
    if (layers.isEmpty()) {
      return new Features(features);
    }
    for (Layer layer : layers) {
      requireLayer(layer);
    }
    Layer deepest = Collections.max(layers);
    Tensor current = Conv2d.apply(image, preprocessing.kernel(), preprocessing.bias(), ONE_BY_ONE);
    boolean wanted = false;
    for (Layer layer : description.layers()) {
      if (layer.compareTo(deepest) > 0) {
        break;
      }
      boolean fused =
          layer.kind() == Layer.Kind.CONV
              && !layers.contains(layer)
              && deepest.compareTo(layer) > 0;
      if (fused) {
        continue;
      }
      Tensor next = step(layer, current, wanted && isConvolutionOf(layer, features, current));
      if (!wanted) {
        current.close();
      }
      current = next;
      wanted = layers.contains(layer);
      if (wanted) {
        features.put(layer, current);
      }
    }
    return new Features(features);
  }

  /** Whether the current features are the sums that a ReLU layer only has to rectify. */
  @SuppressWarnings("ReferenceEquality") // The same handle, not an equal one.
  private static boolean isConvolutionOf(Layer layer, Map<Layer, Tensor> features, Tensor current) {
    return layer.kind() == Layer.Kind.RELU && features.get(layer.convolution()) == current;
  }

  private Tensor step(Layer layer, Tensor x, boolean rectifyOnly) {
    return switch (layer.kind()) {
      case POOL -> pool(x);
      case CONV -> {
        ConvWeights own = Objects.requireNonNull(weights.get(layer));
        yield Conv2d.apply(x, own.kernel(), own.bias(), around(x));
      }
      case RELU -> {
        ConvWeights own = Objects.requireNonNull(weights.get(layer.convolution()));
        yield rectifyOnly ? x.relu() : Conv2d.applyRelu(x, own.kernel(), own.bias(), around(x));
      }
    };
  }

  /** One pixel at each side; an axis of one pixel has no reflection, its edge is repeated. */
  private Conv2dParams around(Tensor x) {
    boolean tiny = x.shape().dim(2) < 2 || x.shape().dim(3) < 2;
    PaddingMode mode =
        tiny && description.padding() == PaddingMode.REFLECT
            ? PaddingMode.REPLICATE
            : description.padding();
    return Conv2dParams.DEFAULT.withPadding(Padding.of(1, mode));
  }

  /** 2×2 with stride 2; an axis of one pixel stays. */
  private Tensor pool(Tensor x) {
    boolean tiny = x.shape().dim(2) < 2 || x.shape().dim(3) < 2;
    Pool2dParams params =
        Pool2dParams.of(2).withCeilMode(description.ceilPooling() || tiny).withCountPadding(false);
    return switch (pooling) {
      case MAX -> MaxPool2d.apply(x, params);
      case AVERAGE -> AvgPool2d.apply(x, params);
    };
  }

  private void requireLayer(Layer layer) {
    if (!description.has(layer)) {
      throw new IllegalArgumentException(
          "these weights have no layer "
              + layer
              + "; they have "
              + description.layers().get(0)
              + " to "
              + description.deepest());
    }
  }

  /** Gives the weights back. */
  @Override
  public void close() {
    for (ConvWeights own : weights.values()) {
      own.kernel().close();
      own.bias().close();
    }
    preprocessing.kernel().close();
    preprocessing.bias().close();
  }
}
