package dev.tempera.cpu;

import dev.tempera.backend.RandomOps;
import dev.tempera.data.DType;
import dev.tempera.data.Distribution;
import dev.tempera.data.Philox;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/** Random numbers. */
interface CpuRandomOps extends RandomOps, OnCpuKernels {
  @Override
  default View random(Distribution distribution, Philox philox, DType dtype, Shape shape) {
    return kernels().random().random(distribution, philox, dtype, shape);
  }
}
