package dev.tempera.optim;

import org.jspecify.annotations.Nullable;

/** The line that a search runs along. */
interface SearchLine {
  /** Where it starts: step 0. */
  Trial start();

  /** Evaluates the objective at a step; null once all evaluations are used. */
  @Nullable Trial at(double step);
}
