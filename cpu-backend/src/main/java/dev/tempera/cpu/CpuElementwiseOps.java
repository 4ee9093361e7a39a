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
    return kernels().elementwise().unary(op, x, a, b);
  }

  @Override
  default View binary(BinaryOp op, View a, View b) {
    return kernels().elementwise().binary(op, a, b);
  }

  @Override
  default View compare(CompareOp op, View a, View b) {
    return kernels().elementwise().compare(op, a, b);
  }

  @Override
  default View where(View condition, View a, View b) {
    return kernels().elementwise().where(condition, a, b);
  }

  @Override
  default Activated relu(View x, boolean keepMask) {
    return kernels().elementwise().relu(x, keepMask);
  }

  @Override
  default View applyMask(View gradient, Mask mask) {
    return kernels().elementwise().applyMask(gradient, mask);
  }
}
