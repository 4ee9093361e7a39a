package dev.tempera.backend;

import dev.tempera.data.View;

/** Optimiser updates in place, one pass each. All views have one shape and one type. */
public interface OptimizerOps extends ElementwiseOps, MemoryOps {
  /** target ← target + scale·direction. */
  default void addScaled(View target, View direction, double scale) {
    View scaled = unary(UnaryOp.MULTIPLY_SCALAR, direction, scale, 0);
    View sum = binary(BinaryOp.ADD, target, scaled);
    assign(target, sum);
    scaled.storage().release();
    sum.storage().release();
  }

  /**
   * One step of Adam (Kingma and Ba, 2015, algorithm 1).
   *
   * @param parameter θ, updated
   * @param gradient g
   * @param firstMoment m, updated
   * @param secondMoment v, updated
   * @param step t, from 1
   */
  default void adamStep(
      View parameter,
      View gradient,
      View firstMoment,
      View secondMoment,
      AdamParams params,
      int step) {
    AdamDefault.step(this, parameter, gradient, firstMoment, secondMoment, params, step);
  }
}
