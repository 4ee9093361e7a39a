package dev.tempera.optim;

import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;

/**
 * A point on a search line, evaluated.
 *
 * @param step how far along the direction
 * @param point where
 * @param value the objective there
 * @param gradient its gradient there
 * @param slope the derivative along the direction
 */
record Trial(double step, Tensor point, double value, Tensor gradient, double slope) {
  boolean isFinite() {
    return Double.isFinite(value) && Double.isFinite(slope);
  }

  /** Moves the tensors to the enclosing scope. */
  Trial keptBy(TensorScope scope) {
    scope.keep(point);
    scope.keep(gradient);
    return this;
  }

  void close() {
    point.close();
    gradient.close();
  }
}
