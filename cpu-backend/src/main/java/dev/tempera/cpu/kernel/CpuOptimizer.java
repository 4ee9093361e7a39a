package dev.tempera.cpu.kernel;

import dev.tempera.backend.AdamMoments;
import dev.tempera.backend.AdamParams;
import dev.tempera.backend.RmsPropAverages;
import dev.tempera.backend.RmsPropParams;
import dev.tempera.backend.SgdParams;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.AdamLoops;
import dev.tempera.cpu.simd.FlatLoop;
import dev.tempera.cpu.simd.RmsPropLoops;
import dev.tempera.cpu.simd.SgdLoops;
import dev.tempera.cpu.simd.UpdateLoops;
import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/** Optimiser updates of float32 tensors in place, one pass over memory each. */
public final class CpuOptimizer {
  private final FlatKernel kernel;

  /** Updates by these threads. */
  public CpuOptimizer(CpuMemory memory, Workers workers, CpuCopy copy) {
    this.kernel = new FlatKernel(memory, workers, copy);
  }

  /** See {@link dev.tempera.backend.OptimizerOps#addScaled}; float32 only. */
  public void addScaled(View target, View direction, double scale) {
    update(target, direction).run(target.shape().size(), UpdateLoops.addScaled((float) scale));
  }

  /** See {@link dev.tempera.backend.OptimizerOps#combine}; float32 only. */
  public void combine(View target, double kept, View direction, double scale) {
    FlatLoop loop = UpdateLoops.combine((float) kept, (float) scale);
    update(target, direction).run(target.shape().size(), loop);
  }

  /** See {@link dev.tempera.backend.OptimizerOps#sgdStep}; float32 only. */
  public void sgdStep(
      View parameter, View gradient, @Nullable View velocity, SgdParams params, int step) {
    FlatCall call = update(parameter, gradient);
    if (velocity == null) {
      call.run(parameter.shape().size(), SgdLoops.plain(params));
    } else {
      call.update(velocity).run(parameter.shape().size(), SgdLoops.momentum(params, step));
    }
  }

  /** See {@link dev.tempera.backend.OptimizerOps#adamStep}; float32 only. */
  public void adamStep(
      View parameter, View gradient, AdamMoments<View> moments, AdamParams params, int step) {
    FlatCall call = update(parameter, gradient).update(moments.first()).update(moments.second());
    AdamLoops loops = new AdamLoops(params, step);
    View largest = moments.largestSecond();
    if (largest == null) {
      call.run(parameter.shape().size(), loops.adam());
    } else {
      call.update(largest).run(parameter.shape().size(), loops.amsGrad());
    }
  }

  /** See {@link dev.tempera.backend.OptimizerOps#rmsPropStep}; float32 only. */
  public void rmsPropStep(
      View parameter, View gradient, RmsPropAverages<View> averages, RmsPropParams params) {
    FlatCall call = update(parameter, gradient).update(averages.square());
    RmsPropLoops loops = new RmsPropLoops(params);
    View mean = averages.mean();
    View velocity = averages.velocity();
    FlatLoop loop =
        mean == null
            ? velocity == null ? loops.plain() : loops.withMomentum()
            : velocity == null ? loops.centred() : loops.centredWithMomentum();
    if (mean != null) {
      call.update(mean);
    }
    if (velocity != null) {
      call.update(velocity);
    }
    call.run(parameter.shape().size(), loop);
  }

  private FlatCall update(View target, View read) {
    return kernel.inOrder(target.denseStridesLikeThis()).update(target).read(read);
  }
}
