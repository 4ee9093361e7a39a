package dev.tempera.bench.ours;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.bench.contest.Attempt;
import dev.tempera.bench.work.StyleStep;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.op.Gram;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import dev.tempera.vgg.ConvWeights;
import dev.tempera.vgg.Features;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.Preprocessing;
import dev.tempera.vgg.Vgg;
import dev.tempera.vgg.VggNet;
import dev.tempera.vgg.WeightFamily;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Steps of style transfer through tensors, their record, and the loaded net. */
final class StyleStepAttempt implements Attempt {
  private final Backend backend;
  private final TensorScope scope;
  private final VggNet net;
  private final Tensor image;
  private final Map<Layer, Tensor> styleTargets = new LinkedHashMap<>();
  private final Tensor contentTarget;
  private final List<Layer> layers = new ArrayList<>(StyleStep.styleLayers());
  private @Nullable Tensor gradient;

  StyleStepAttempt(Backend backend, StyleStep step, Operands operands) {
    this.backend = backend;
    layers.add(StyleStep.contentLayer());
    try (Backends.Choice _ = Backends.use(backend);
        operands) {
      scope = TensorScope.open("benchmark");
      net = net(operands);
      image = tensor(operands, "image");
      contentTarget = scopedContent(tensor(operands, "content"));
      keepStyle(tensor(operands, "style"));
    }
  }

  private VggNet net(Operands operands) {
    Vgg vgg = StyleStep.NET;
    Vgg plain =
        new Vgg(
            vgg.widths(), vgg.padding(), vgg.ceilPooling(), Preprocessing.NONE, vgg.pooledEnd());
    try {
      return VggNet.of(
          plain,
          WeightFamily.RANDOM,
          "random filters",
          layer ->
              new ConvWeights(
                  tensor(operands, layer.toString()), Tensor.zeros(vgg.channels(layer))));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private Tensor tensor(Operands operands, String name) {
    return Tensor.of(backend, operands.take(name));
  }

  private Tensor scopedContent(Tensor content) {
    try (TensorScope inner = TensorScope.open("content")) {
      Layer layer = StyleStep.contentLayer();
      return inner.keep(net.features(content, List.of(layer)).of(layer));
    } finally {
      content.close();
    }
  }

  private void keepStyle(Tensor style) {
    try (TensorScope inner = TensorScope.open("style")) {
      Features features = net.features(style, StyleStep.styleLayers());
      for (Layer layer : StyleStep.styleLayers()) {
        styleTargets.put(layer, inner.keep(gram(features.of(layer))));
      }
    }
    style.close();
  }

  private static Tensor gram(Tensor features) {
    Shape shape = features.shape();
    return Gram.apply(features).multiply(1.0 / shape.dim(2) / shape.dim(3));
  }

  @Override
  public double run() {
    if (gradient != null) {
      gradient.close();
      gradient = null;
    }
    long start = System.nanoTime();
    try (Backends.Choice _ = Backends.use(backend);
        TensorScope step = TensorScope.open("step")) {
      Tensor tracked = image.track();
      gradient = step.keep(loss(tracked).backward().of(tracked));
    }
    backend.addScaled(image.view(), gradient.view(), -StyleStep.LEARNING_RATE);
    return (System.nanoTime() - start) / 1e6;
  }

  private Tensor loss(Tensor tracked) {
    try (TensorScope scope = TensorScope.open("loss");
        Features features = net.features(tracked, layers)) {
      Tensor content = features.of(StyleStep.contentLayer());
      Tensor total = content.subtract(contentTarget).square().mean();
      for (Map.Entry<Layer, Tensor> style : styleTargets.entrySet()) {
        Tensor target = style.getValue();
        Tensor distance = gram(features.of(style.getKey())).subtract(target).square().sum();
        total = total.add(distance.divide(target.square().sum()));
      }
      return scope.keep(total);
    }
  }

  @Override
  public float[] result() {
    return Results.floats(
        backend, Objects.requireNonNull(gradient).view(), MemoryOrder.CHANNELS_LAST);
  }

  @Override
  public void close() {
    scope.close();
    net.close();
  }
}
