package dev.tempera.bench.accuracy;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.Pool2dParams;
import dev.tempera.data.DType;
import dev.tempera.data.Philox;
import dev.tempera.op.AvgPool2d;
import dev.tempera.op.Conv2d;
import dev.tempera.op.Gram;
import dev.tempera.op.MaxPool2d;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.Vgg;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The gradient of style transfer's losses (Gatys, Ecker and Bethge, 2016, equations 1 to 7) with
 * respect to the image, through VGG19 of full width to conv5_1 with random filters, in any floating
 * type: five Gram losses, each relative to its target, and a content loss at conv4_2.
 *
 * <p>A unit whose sum is within rounding of 0 may be active in one type and not in another, and
 * then whole paths of the gradient differ. To see roundings alone, the units that are active can be
 * prescribed; pooling then takes averages.
 */
final class StyleGradient {
  private static final Vgg NET = Vgg.VGG19.until(Layer.relu(5, 1));
  private static final Layer CONTENT = Layer.relu(4, 2);
  private static final Conv2dParams SAME = Conv2dParams.DEFAULT.withPadding(1);
  private static final Pool2dParams HALF = Pool2dParams.of(2);

  private final int side;
  private final boolean prescribed;
  private final Map<String, float[]> active = new HashMap<>();

  /**
   * The gradient at images of random numbers.
   *
   * @param side of the images, in pixels
   * @param prescribed whether the units that are active the first time are so ever after
   */
  StyleGradient(int side, boolean prescribed) {
    this.side = side;
    this.prescribed = prescribed;
  }

  /** The image, feature maps of the style layers, shallow to deep, and of the content layer. */
  private record Maps(Tensor image, List<Tensor> style, Tensor content) {}

  /** The gradient in a type, on the current backend, in row-major order (1, 3, side, side). */
  Tensor in(DType dtype) {
    try (TensorScope scope = TensorScope.open("gradient")) {
      List<Tensor> grams = new ArrayList<>();
      maps(2, dtype, false).style().forEach(map -> grams.add(gram(map)));
      Tensor content = maps(1, dtype, false).content();
      Maps maps = maps(3, dtype, true);
      Tensor loss = maps.content().subtract(content).square().mean();
      for (int i = 0; i < grams.size(); i++) {
        Tensor target = grams.get(i);
        Tensor distance = gram(maps.style().get(i)).subtract(target).square().sum();
        loss = loss.add(distance.divide(target.square().sum()));
      }
      return scope.keep(loss.backward().of(maps.image()));
    }
  }

  private static Tensor gram(Tensor map) {
    int pixels = map.shape().dim(2) * map.shape().dim(3);
    return Gram.apply(map.reshape(1, map.shape().dim(1), pixels)).multiply(1.0 / pixels);
  }

  private Maps maps(long seed, DType dtype, boolean tracked) {
    float[] values = new Philox(seed, 0).uniform(3 * side * side);
    Tensor numbers = Tensor.of(values, 1, 3, side, side).to(dtype);
    Tensor image = tracked ? numbers.track() : numbers;
    List<Tensor> style = new ArrayList<>();
    Tensor content = image;
    Tensor current = image;
    for (Layer layer : NET.layers()) {
      switch (layer.kind()) {
        case POOL ->
            current = prescribed ? AvgPool2d.apply(current, HALF) : MaxPool2d.apply(current, HALF);
        case CONV -> current = rectified(current, layer, seed + "/" + layer);
        case RELU -> {
          if (layer.index() == 1) {
            style.add(current);
          }
          content = layer.equals(CONTENT) ? current : content;
        }
      }
    }
    return new Maps(image, style, content);
  }

  private Tensor rectified(Tensor x, Layer layer, String name) {
    Tensor kernel =
        Filters.random(
                NET.channels(layer), NET.inputChannels(layer), layer.block() * 100L + layer.index())
            .to(x.dtype());
    if (!prescribed) {
      return Conv2d.applyRelu(x, kernel, null, SAME);
    }
    Tensor sums = Conv2d.apply(x, kernel, null, SAME);
    float[] units = active.computeIfAbsent(name, _ -> signs(sums));
    return sums.multiply(Tensor.of(units, sums.shape().toArray()).to(x.dtype()));
  }

  /** 1 where a number is positive, else 0. */
  private static float[] signs(Tensor x) {
    float[] values = x.toFloats();
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] > 0 ? 1 : 0;
    }
    return values;
  }
}
