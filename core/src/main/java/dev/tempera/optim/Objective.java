package dev.tempera.optim;

import dev.tempera.tensor.Tensor;

/** What is minimised: a scalar function of one tensor, with its gradient. */
@FunctionalInterface
public interface Objective {
  /**
   * Evaluates the objective.
   *
   * @param point not tracked
   */
  Evaluation at(Tensor point);
}
