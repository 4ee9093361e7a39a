package dev.tempera.forecast;

import dev.tempera.backend.AdamMoments;
import dev.tempera.backend.AdamParams;
import dev.tempera.backend.OptimizerOps;
import dev.tempera.backend.RmsPropAverages;
import dev.tempera.backend.RmsPropParams;
import dev.tempera.backend.SgdParams;
import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/** Updates in place, which take no memory; inner products are 1, as all numbers that are read. */
interface NullOptimizer extends OptimizerOps, NullElementwise {
  @Override
  default void addScaled(View target, View direction, double scale) {}

  @Override
  default void combine(View target, double kept, View direction, double scale) {}

  @Override
  default double dot(View a, View b) {
    return 1;
  }

  @Override
  default void sgdStep(
      View parameter, View gradient, @Nullable View velocity, SgdParams params, int step) {}

  @Override
  default void adamStep(
      View parameter, View gradient, AdamMoments<View> moments, AdamParams params, int step) {}

  @Override
  default void rmsPropStep(
      View parameter, View gradient, RmsPropAverages<View> averages, RmsPropParams params) {}
}
