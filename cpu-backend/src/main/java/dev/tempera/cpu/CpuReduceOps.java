package dev.tempera.cpu;

import dev.tempera.backend.ReduceOp;
import dev.tempera.backend.ReduceOps;
import dev.tempera.data.View;

/** Reductions. */
interface CpuReduceOps extends ReduceOps, OnCpuKernels {
  @Override
  default View reduce(ReduceOp op, View x, int[] axes) {
    return kernels().reduce().reduce(op, x, axes);
  }

  @Override
  default View argmax(View x, int axis) {
    return CpuKernels.isDouble(x)
        ? kernels().doubles().argmax(x, axis)
        : kernels().argmax().argmax(x, axis);
  }

  @Override
  default View argmin(View x, int axis) {
    return CpuKernels.isDouble(x)
        ? kernels().doubles().argmin(x, axis)
        : kernels().argmax().argmin(x, axis);
  }
}
