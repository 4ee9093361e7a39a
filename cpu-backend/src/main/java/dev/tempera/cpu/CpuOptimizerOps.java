package dev.tempera.cpu;

import dev.tempera.backend.AdamMoments;
import dev.tempera.backend.AdamParams;
import dev.tempera.backend.OptimizerOps;
import dev.tempera.backend.RmsPropAverages;
import dev.tempera.backend.RmsPropParams;
import dev.tempera.backend.SgdParams;
import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

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
  default void combine(View target, double kept, View direction, double scale) {
    if (CpuKernels.isDouble(target)) {
      kernels().doubles().combine(target, kept, direction, scale);
    } else {
      kernels().optimizer().combine(target, kept, direction, scale);
    }
  }

  @Override
  default double dot(View a, View b) {
    return CpuKernels.isDouble(a)
        ? kernels().doubles().dot(a, b)
        : kernels().innerProduct().dot(a, b);
  }

  @Override
  default double addScaledDot(View target, View direction, double scale, View other) {
    return CpuKernels.isDouble(target)
        ? kernels().doubles().addScaledDot(target, direction, scale, other)
        : kernels().innerProduct().addScaledDot(target, direction, scale, other);
  }

  @Override
  default void sgdStep(
      View parameter, View gradient, @Nullable View velocity, SgdParams params, int step) {
    if (CpuKernels.isDouble(parameter)) {
      kernels().doubles().sgdStep(parameter, gradient, velocity, params, step);
    } else {
      kernels().optimizer().sgdStep(parameter, gradient, velocity, params, step);
    }
  }

  @Override
  default void adamStep(
      View parameter, View gradient, AdamMoments<View> moments, AdamParams params, int step) {
    if (CpuKernels.isDouble(parameter)) {
      kernels().doubles().adamStep(parameter, gradient, moments, params, step);
    } else {
      kernels().optimizer().adamStep(parameter, gradient, moments, params, step);
    }
  }

  @Override
  default void rmsPropStep(
      View parameter, View gradient, RmsPropAverages<View> averages, RmsPropParams params) {
    if (CpuKernels.isDouble(parameter)) {
      kernels().doubles().rmsPropStep(parameter, gradient, averages, params);
    } else {
      kernels().optimizer().rmsPropStep(parameter, gradient, averages, params);
    }
  }
}
