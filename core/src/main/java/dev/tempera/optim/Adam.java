package dev.tempera.optim;

import dev.tempera.backend.AdamParams;
import dev.tempera.tensor.InPlace;
import dev.tempera.tensor.Tensor;

/**
 * Adam (Kingma and Ba, "Adam: a method for stochastic optimization", 2015, algorithm 1), one pass
 * over memory a step.
 *
 * @param params learning rate, decays and epsilon
 */
public record Adam(AdamParams params) implements StepRule {
  /** β₁ 0.9, β₂ 0.999, ε 1e-8. */
  public static Adam withLearningRate(double learningRate) {
    return new Adam(AdamParams.withLearningRate(learningRate));
  }

  @Override
  public Stepper start(Tensor parameter) {
    Tensor firstMoment = parameter.filledLike(0);
    Tensor secondMoment = parameter.filledLike(0);
    int[] steps = {0};
    return gradient ->
        InPlace.adamStep(parameter, gradient, firstMoment, secondMoment, params, ++steps[0]);
  }
}
