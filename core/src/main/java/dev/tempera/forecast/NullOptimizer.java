package dev.tempera.forecast;

import dev.tempera.backend.AdamParams;
import dev.tempera.backend.OptimizerOps;
import dev.tempera.data.View;

/** Updates in place, which take no memory. */
interface NullOptimizer extends OptimizerOps, NullElementwise {
  @Override
  default void addScaled(View target, View direction, double scale) {}

  @Override
  default void adamStep(
      View parameter,
      View gradient,
      View firstMoment,
      View secondMoment,
      AdamParams params,
      int step) {}
}
