package dev.tempera.cpu;

import dev.tempera.backend.ScanOps;
import dev.tempera.data.View;

/** Running totals. */
interface CpuScanOps extends ScanOps, OnCpuKernels {
  @Override
  default View cumulativeSum(View x, int axis, boolean fromEnd) {
    return CpuKernels.isDouble(x)
        ? kernels().doubles().cumulativeSum(x, axis, fromEnd)
        : kernels().scan().cumulativeSum(x, axis, fromEnd);
  }
}
