package dev.tempera.cpu.kernel;

import dev.tempera.backend.AdamParams;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.UpdateLoops;
import dev.tempera.data.View;

/** Optimiser updates of float32 tensors in place, one pass over memory each. */
public final class CpuOptimizer {
  private final FlatKernel kernel;

  /** Updates by these threads. */
  public CpuOptimizer(CpuMemory memory, Workers workers, CpuCopy copy) {
    this.kernel = new FlatKernel(memory, workers, copy);
  }

  /** See {@link dev.tempera.backend.OptimizerOps#addScaled}; float32 only. */
  public void addScaled(View target, View direction, double scale) {
    kernel
        .inOrder(target.denseStridesLikeThis())
        .update(target)
        .read(direction)
        .run(target.shape().size(), UpdateLoops.addScaled((float) scale));
  }

  /** See {@link dev.tempera.backend.OptimizerOps#adamStep}; float32 only. */
  public void adamStep(
      View parameter,
      View gradient,
      View firstMoment,
      View secondMoment,
      AdamParams params,
      int step) {
    kernel
        .inOrder(parameter.denseStridesLikeThis())
        .update(parameter)
        .read(gradient)
        .update(firstMoment)
        .update(secondMoment)
        .run(parameter.shape().size(), UpdateLoops.adam(params, step));
  }
}
