package dev.tempera.cpu;

import dev.tempera.backend.NormGroups;
import dev.tempera.backend.NormOps;
import dev.tempera.backend.NormParams;
import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/** Normalisation: kernels for float32, other primitives for float64. */
interface CpuNormOps extends NormOps, OnCpuKernels {
  @Override
  default Moments moments(View x, NormGroups groups, NormParams params) {
    return CpuKernels.isDouble(x)
        ? NormOps.super.moments(x, groups, params)
        : kernels().norm().moments(x, groups, params);
  }

  @Override
  default View standardize(
      View x,
      Moments moments,
      NormGroups groups,
      NormParams params,
      @Nullable View scale,
      @Nullable View shift) {
    return CpuKernels.isDouble(x)
        ? NormOps.super.standardize(x, moments, groups, params, scale, shift)
        : kernels().norm().standardize(x, moments, groups, params, scale, shift);
  }

  @Override
  default NormGradients standardizeGradients(
      View gradient,
      View x,
      Moments moments,
      NormGroups groups,
      NormParams params,
      @Nullable View scale,
      boolean wantsInput,
      boolean wantsAffine) {
    return CpuKernels.isDouble(x)
        ? NormOps.super.standardizeGradients(
            gradient, x, moments, groups, params, scale, wantsInput, wantsAffine)
        : kernels()
            .normGradient()
            .gradients(gradient, x, moments, groups, params, scale, wantsInput, wantsAffine);
  }
}
