package dev.tempera.optim;

import dev.tempera.tensor.InPlace;
import dev.tempera.tensor.Tensor;

/**
 * Gradient descent, x ← x − α·g, optionally with momentum: v ← µ·v + g, x ← x − α·v (as PyTorch has
 * it).
 *
 * @param learningRate α
 * @param momentum µ; 0 for none
 */
public record Sgd(double learningRate, double momentum) implements StepRule {
  /** Without momentum. */
  public static Sgd withLearningRate(double learningRate) {
    return new Sgd(learningRate, 0);
  }

  @Override
  public Stepper start(Tensor parameter) {
    if (momentum == 0) {
      return gradient -> InPlace.addScaled(parameter, gradient, -learningRate);
    }
    Tensor velocity = parameter.filledLike(0);
    return gradient -> {
      InPlace.addScaled(velocity, velocity, momentum - 1);
      InPlace.addScaled(velocity, gradient, 1);
      InPlace.addScaled(parameter, velocity, -learningRate);
    };
  }
}
