package dev.tempera.cpu;

import dev.tempera.backend.SoftmaxOps;
import dev.tempera.data.View;

/** Normalised exponentials; float64 goes through other primitives. */
interface CpuSoftmaxOps extends SoftmaxOps, OnCpuKernels {
  @Override
  default View softmax(View x, int axis) {
    return CpuKernels.isDouble(x)
        ? SoftmaxOps.super.softmax(x, axis)
        : kernels().softmax().softmax(x, axis);
  }

  @Override
  default View logSoftmax(View x, int axis) {
    return CpuKernels.isDouble(x)
        ? SoftmaxOps.super.logSoftmax(x, axis)
        : kernels().softmax().logSoftmax(x, axis);
  }

  @Override
  default View logSumExp(View x, int axis) {
    return CpuKernels.isDouble(x)
        ? SoftmaxOps.super.logSumExp(x, axis)
        : kernels().softmax().logSumExp(x, axis);
  }

  @Override
  default View softmaxGrad(View gradient, View y, int axis) {
    return CpuKernels.isDouble(y)
        ? SoftmaxOps.super.softmaxGrad(gradient, y, axis)
        : kernels().softmax().softmaxGrad(gradient, y, axis);
  }

  @Override
  default View logSoftmaxGrad(View gradient, View y, int axis) {
    return CpuKernels.isDouble(y)
        ? SoftmaxOps.super.logSoftmaxGrad(gradient, y, axis)
        : kernels().softmax().logSoftmaxGrad(gradient, y, axis);
  }
}
