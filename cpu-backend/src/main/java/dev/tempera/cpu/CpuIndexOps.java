package dev.tempera.cpu;

import dev.tempera.backend.IndexOps;
import dev.tempera.data.View;

/** Places given by numbers. */
interface CpuIndexOps extends IndexOps, OnCpuKernels {
  @Override
  default View gather(View x, View index, int axis) {
    return kernels().index().gather(x, index, axis);
  }

  @Override
  default void scatterAdd(View target, View index, View source, int axis) {
    kernels().index().scatterAdd(target, index, source, axis);
  }

  @Override
  default long firstOutside(View index, int length) {
    return kernels().index().firstOutside(index, length);
  }
}
