package dev.tempera.optim;

import dev.tempera.tensor.Tensor;

/** A way to find a point at which an objective is small. */
public interface Minimizer {
  /**
   * Moves a point, in place, to where the objective is smaller.
   *
   * <p>If the objective becomes infinite or NaN the search stops and the best point found stays.
   *
   * @param point where to start; holds the result afterwards
   * @param evaluations how often the objective may be evaluated
   */
  Outcome minimize(Tensor point, Objective objective, int evaluations);

  /**
   * Takes the memory that {@link #minimize} takes at its most, whatever values the objective has:
   * for forecasts, on backends that compute no values. Two evaluations at most show it.
   *
   * @param evaluations how often a minimisation might evaluate the objective
   */
  default void rehearse(Tensor point, Objective objective, int evaluations) {
    minimize(point, objective, Math.min(evaluations, 2));
  }
}
