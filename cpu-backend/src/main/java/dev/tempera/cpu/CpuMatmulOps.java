package dev.tempera.cpu;

import dev.tempera.backend.MatmulOps;
import dev.tempera.data.View;

/** Matrix products. */
interface CpuMatmulOps extends MatmulOps, OnCpuKernels {
  @Override
  default View matmul(View a, View b) {
    return CpuKernels.isDouble(a)
        ? kernels().doubleMatmul().matmul(a, b)
        : kernels().matmul().matmul(a, b);
  }

  @Override
  default View gram(View features) {
    return CpuKernels.isDouble(features)
        ? MatmulOps.super.gram(features)
        : kernels().gram().gram(features);
  }
}
