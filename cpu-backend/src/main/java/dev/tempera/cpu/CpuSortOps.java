package dev.tempera.cpu;

import dev.tempera.backend.SortOps;
import dev.tempera.backend.SortOrder;
import dev.tempera.data.View;

/** Sorting. */
interface CpuSortOps extends SortOps, OnCpuKernels {
  @Override
  default Sorted sort(View x, int axis, SortOrder order) {
    return CpuKernels.isDouble(x)
        ? kernels().doubles().sort(x, axis, order)
        : kernels().sort().topK(x, x.shape().dim(axis), axis, order);
  }

  @Override
  default Sorted topK(View x, int count, int axis, SortOrder order) {
    return CpuKernels.isDouble(x)
        ? kernels().doubles().topK(x, count, axis, order)
        : kernels().sort().topK(x, count, axis, order);
  }
}
