package dev.tempera.style;

import dev.tempera.optim.Adam;
import dev.tempera.optim.Lbfgs;
import dev.tempera.optim.Minimizer;
import dev.tempera.optim.Sgd;
import dev.tempera.optim.StepRule;
import dev.tempera.tensor.Tensor;
import java.util.function.Consumer;

/** How the image is moved. */
public enum Optimizer {
  /** L-BFGS with the recipe's options: the fewest evaluations. */
  LBFGS,
  /** Adam with the recipe's learning rate, clamped to colours after each step. */
  ADAM,
  /**
   * Gradient descent with the recipe's learning rate on g/mean|g|, clamped to colours after each
   * step.
   */
  SGD;

  Minimizer minimizer(Recipe recipe) {
    return switch (this) {
      case LBFGS -> new Lbfgs(recipe.lbfgs());
      case ADAM -> Adam.withLearningRate(recipe.adamLearningRate()).minimizer(clamp(recipe));
      case SGD ->
          normalized(Sgd.withLearningRate(recipe.sgdLearningRate())).minimizer(clamp(recipe));
    };
  }

  /**
   * Divides gradients by their mean magnitude, so that a learning rate means a change of pixels.
   */
  private static StepRule normalized(StepRule rule) {
    return parameter -> {
      StepRule.Stepper stepper = rule.start(parameter);
      return (gradient, step, factor) ->
          stepper.step(gradient.divide(gradient.abs().mean().add(1e-8)), step, factor);
    };
  }

  private static Consumer<Tensor> clamp(Recipe recipe) {
    ImageDomain domain = recipe.domain();
    return image -> image.assign(domain.fromRgb(domain.toRgb(image).clamp(0, 1)));
  }
}
