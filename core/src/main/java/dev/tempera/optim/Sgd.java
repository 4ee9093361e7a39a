package dev.tempera.optim;

import dev.tempera.backend.SgdParams;
import dev.tempera.tensor.InPlace;
import dev.tempera.tensor.Tensor;
import java.util.Map;

/**
 * Gradient descent, θ ← θ − α·g, optionally with momentum: v ← µ·v + g, θ ← θ − α·v (as PyTorch has
 * it), one pass over memory a step.
 *
 * @param params learning rate, momentum, dampening, weight decay
 */
public record Sgd(SgdParams params) implements StepRule {
  /** Without momentum. */
  public static Sgd withLearningRate(double learningRate) {
    return new Sgd(new SgdParams(learningRate, 0, 0, 0, false));
  }

  /** The same with momentum µ. */
  public Sgd momentum(double momentum) {
    return new Sgd(
        new SgdParams(
            params.learningRate(), momentum, params.dampening(), params.weightDecay(), false));
  }

  /** The same with Nesterov's momentum µ: the step looks ahead along the velocity. */
  public Sgd nesterov(double momentum) {
    return new Sgd(new SgdParams(params.learningRate(), momentum, 0, params.weightDecay(), true));
  }

  /** The same with λ·θ added to the gradient. */
  public Sgd weightDecay(double weightDecay) {
    return new Sgd(
        new SgdParams(
            params.learningRate(),
            params.momentum(),
            params.dampening(),
            weightDecay,
            params.nesterov()));
  }

  @Override
  public Stepper start(Tensor parameter) {
    if (params.momentum() == 0) {
      return (gradient, step, factor) ->
          InPlace.sgdStep(parameter, gradient, null, params.scaled(factor), step);
    }
    return new WithMomentum(parameter, parameter.filledLike(0), params);
  }

  private record WithMomentum(Tensor parameter, Tensor velocity, SgdParams params)
      implements Stepper {
    @Override
    public void step(Tensor gradient, int step, double rateFactor) {
      InPlace.sgdStep(parameter, gradient, velocity, params.scaled(rateFactor), step);
    }

    @Override
    public Map<String, Tensor> state() {
      return Map.of("velocity", velocity);
    }
  }
}
