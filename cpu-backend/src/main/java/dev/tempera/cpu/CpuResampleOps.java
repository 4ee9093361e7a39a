package dev.tempera.cpu;

import dev.tempera.backend.AxisWeights;
import dev.tempera.backend.Padding;
import dev.tempera.backend.ResampleOps;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/** Resizing and padding. */
interface CpuResampleOps extends ResampleOps, OnCpuKernels {
  @Override
  default View resample2d(View x, AxisWeights rows, AxisWeights columns) {
    return CpuKernels.isDouble(x)
        ? kernels().doubles().resample2d(x, rows, columns)
        : kernels().resample().resample2d(x, rows, columns);
  }

  @Override
  default View pad2d(View x, Padding padding) {
    return CpuKernels.isDouble(x)
        ? kernels().doubles().pad2d(x, padding)
        : kernels().pad2d().pad2d(x, padding);
  }

  @Override
  default View pad2dGrad(View gradient, Padding padding, Shape inputShape) {
    return CpuKernels.isDouble(gradient)
        ? kernels().doubles().pad2dGrad(gradient, padding, inputShape)
        : kernels().pad2d().gradient(gradient, padding, inputShape);
  }
}
