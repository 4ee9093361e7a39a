package dev.tempera.optim;

import dev.tempera.tensor.Tensor;
import java.util.Map;
import java.util.function.Consumer;

/** An optimiser that moves a parameter by one gradient at a time. */
public interface StepRule {
  /** One parameter being optimised, with the state that belongs to it. */
  @FunctionalInterface
  interface Stepper {
    /**
     * Moves the parameter, in place, by this gradient.
     *
     * @param step counts the steps of this parameter, from 1
     * @param rateFactor what the learning rate is multiplied by
     */
    void step(Tensor gradient, int step, double rateFactor);

    /** The tensors that steps leave for later steps, by name; each of the parameter's shape. */
    default Map<String, Tensor> state() {
      return Map.of();
    }
  }

  /**
   * Begins to optimise a parameter. State is made in the innermost scope, which must stay open as
   * long as steps are made.
   */
  Stepper start(Tensor parameter);

  /** This rule as a minimiser: one evaluation and one step after another. */
  default Minimizer minimizer() {
    return minimizer(point -> {});
  }

  /**
   * This rule as a minimiser.
   *
   * @param afterStep changes the point after each step, for example clamps it
   */
  default Minimizer minimizer(Consumer<Tensor> afterStep) {
    return new StepMinimizer(this, afterStep);
  }
}
