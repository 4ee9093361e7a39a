package dev.tempera.cpu;

import dev.tempera.backend.Activated;
import dev.tempera.backend.BinaryOp;
import dev.tempera.backend.CompareOp;
import dev.tempera.backend.ElementwiseOps;
import dev.tempera.backend.UnaryOp;
import dev.tempera.data.Mask;
import dev.tempera.data.View;

/** Element by element. */
interface CpuElementwiseOps extends ElementwiseOps, OnCpuKernels {
  @Override
  default View unary(UnaryOp op, View x, double a, double b) {
    return CpuKernels.isDouble(x)
        ? kernels().doubles().unary(op, x, a, b)
        : kernels().elementwise().unary(op, x, a, b);
  }

  @Override
  default View binary(BinaryOp op, View a, View b) {
    return CpuKernels.isDouble(a)
        ? kernels().doubles().binary(op, a, b)
        : kernels().elementwise().binary(op, a, b);
  }

  @Override
  default View compare(CompareOp op, View a, View b) {
    return CpuKernels.isDouble(a)
        ? kernels().doubles().compare(op, a, b)
        : kernels().elementwise().compare(op, a, b);
  }

  @Override
  default View where(View condition, View a, View b) {
    return CpuKernels.isDouble(a)
        ? kernels().doubles().where(condition, a, b)
        : kernels().elementwise().where(condition, a, b);
  }

  @Override
  default Activated relu(View x, boolean keepMask) {
    return CpuKernels.isDouble(x)
        ? kernels().doubles().relu(x, keepMask)
        : kernels().elementwise().relu(x, keepMask);
  }

  @Override
  default View applyMask(View gradient, Mask mask) {
    return CpuKernels.isDouble(gradient)
        ? kernels().doubles().applyMask(gradient, mask)
        : kernels().elementwise().applyMask(gradient, mask);
  }
}
