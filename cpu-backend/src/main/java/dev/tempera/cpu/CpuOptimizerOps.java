package dev.tempera.cpu;

import dev.tempera.backend.AdamParams;
import dev.tempera.backend.OptimizerOps;
import dev.tempera.data.View;

/** Updates in place. */
interface CpuOptimizerOps extends OptimizerOps, OnCpuKernels {
  @Override
  default void addScaled(View target, View direction, double scale) {
    if (CpuKernels.isDouble(target)) {
      kernels().doubles().addScaled(target, direction, scale);
    } else {
      kernels().optimizer().addScaled(target, direction, scale);
    }
  }

  @Override
  default void adamStep(
      View parameter,
      View gradient,
      View firstMoment,
      View secondMoment,
      AdamParams params,
      int step) {
    if (CpuKernels.isDouble(parameter)) {
      kernels().doubles().adamStep(parameter, gradient, firstMoment, secondMoment, params, step);
    } else {
      kernels().optimizer().adamStep(parameter, gradient, firstMoment, secondMoment, params, step);
    }
  }
}
