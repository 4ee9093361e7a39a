package dev.tempera.cpu;

import dev.tempera.backend.Pool2dParams;
import dev.tempera.backend.PoolOps;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/** Pooling and its gradients. */
interface CpuPoolOps extends PoolOps, OnCpuKernels {
  @Override
  default Pooled maxPool2d(View x, Pool2dParams params) {
    return CpuKernels.isDouble(x) || isWide(params)
        ? kernels().doubles().maxPool2d(x, params)
        : kernels().maxPool2d().maxPool2d(x, params);
  }

  @Override
  default View maxPool2dGrad(View gradient, View position, Pool2dParams params, Shape inputShape) {
    return CpuKernels.isDouble(gradient) || isWide(params)
        ? kernels().doubles().maxPool2dGrad(gradient, position, params, inputShape)
        : kernels().maxPool2d().gradient(gradient, position, params, inputShape);
  }

  @Override
  default View maxPool2dPick(View x, View position, Pool2dParams params) {
    return CpuKernels.isDouble(x) || isWide(params)
        ? kernels().doubles().maxPool2dPick(x, position, params)
        : kernels().maxPool2d().pick(x, position, params);
  }

  @Override
  default View avgPool2d(View x, Pool2dParams params) {
    return CpuKernels.isDouble(x)
        ? kernels().doubles().avgPool2d(x, params)
        : kernels().avgPool2d().avgPool2d(x, params);
  }

  @Override
  default View avgPool2dGrad(View gradient, Pool2dParams params, Shape inputShape) {
    return CpuKernels.isDouble(gradient)
        ? kernels().doubles().avgPool2dGrad(gradient, params, inputShape)
        : kernels().avgPool2d().gradient(gradient, params, inputShape);
  }

  /** Whether windows have more places than a byte can tell apart. */
  private static boolean isWide(Pool2dParams params) {
    return params.kernelY() * params.kernelX() > 256;
  }
}
