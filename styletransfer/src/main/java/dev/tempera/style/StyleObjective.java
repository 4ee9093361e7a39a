package dev.tempera.style;

import dev.tempera.optim.Evaluation;
import dev.tempera.style.loss.RangePenalty;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import dev.tempera.vgg.Features;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.VggNet;
import java.util.Map;
import java.util.function.Supplier;

/** The weighted sum of all losses and its gradient with respect to the image. */
final class StyleObjective {
  private final VggNet net;
  private final Recipe recipe;
  private final LayerChoice layers;
  private final StyleTargets targets;

  StyleObjective(VggNet net, Recipe recipe, LayerChoice layers, StyleTargets targets) {
    this.net = net;
    this.recipe = recipe;
    this.layers = layers;
    this.targets = targets;
  }

  /**
   * The losses at an image, each with its weight, and the gradient of their sum.
   *
   * @param gradient of the image's shape; belongs to the innermost scope
   */
  record Losses(double content, double style, double smoothness, Tensor gradient) {
    double total() {
      return content + style + smoothness;
    }

    Evaluation evaluation() {
      return new Evaluation(total(), gradient);
    }
  }

  /**
   * Evaluates the losses.
   *
   * @param point an image of the recipe's domain, (1, 3, H, W)
   */
  Losses at(Tensor point) {
    try (TensorScope scope = TensorScope.open("losses")) {
      Tensor image = point.track();
      Tensor rgb = recipe.domain().toRgb(image);
      Tensor style;
      Tensor content;
      try (Features features = net.features(rgb, layers.all())) {
        style =
            sum(targets.style(), (layer, target) -> target.distance(features.of(layer)))
                .multiply(share(targets.style()) * recipe.styleWeight());
        content =
            sum(targets.content(), (layer, target) -> target.distance(features.of(layer)))
                .multiply(share(targets.content()) * recipe.contentWeight());
      }
      Tensor smoothness = inScope("smoothness", () -> smoothness(image, rgb));
      Tensor total = style.add(content).add(smoothness);
      Tensor gradient = total.backward().of(image);
      return new Losses(content.item(), style.item(), smoothness.item(), scope.keep(gradient));
    }
  }

  private Tensor smoothness(Tensor image, Tensor rgb) {
    Tensor penalty = RangePenalty.of(rgb).multiply(recipe.rangeWeight());
    return recipe.variationWeight() == 0
        ? penalty
        : penalty.add(recipe.variation().of(image).multiply(recipe.variationWeight()));
  }

  private double share(Map<Layer, ?> terms) {
    return recipe.averageLayers() ? 1.0 / terms.size() : 1;
  }

  /** A new tensor, without the others that were made on the way. */
  private static Tensor inScope(String name, Supplier<Tensor> work) {
    try (TensorScope scope = TensorScope.open(name)) {
      return scope.keep(work.get());
    }
  }

  /** The distance at one layer. */
  @FunctionalInterface
  private interface Distance<T> {
    Tensor of(Layer layer, T target);
  }

  private static <T> Tensor sum(Map<Layer, T> targets, Distance<T> distance) {
    return targets.entrySet().stream()
        .map(term -> inScope("distance", () -> distance.of(term.getKey(), term.getValue())))
        .reduce(Tensor::add)
        .orElseThrow(() -> new IllegalStateException("a loss has no layers"));
  }
}
