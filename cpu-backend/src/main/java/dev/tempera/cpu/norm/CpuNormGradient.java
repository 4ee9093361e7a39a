package dev.tempera.cpu.norm;

import dev.tempera.backend.NormGroups;
import dev.tempera.backend.NormOps;
import dev.tempera.backend.NormOps.Moments;
import dev.tempera.backend.NormOps.NormGradients;
import dev.tempera.backend.NormParams;
import dev.tempera.cpu.kernel.Addresses;
import dev.tempera.cpu.kernel.CpuCopy;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/**
 * Gradients of normalisations of float32 tensors: one read for the sums, and one read and one write
 * for the input's gradient.
 */
public final class CpuNormGradient {
  private final CpuMemory memory;
  private final Workers workers;
  private final CpuCopy copy;

  /** Gradients in this memory by these threads. */
  public CpuNormGradient(CpuMemory memory, Workers workers, CpuCopy copy) {
    this.memory = memory;
    this.workers = workers;
    this.copy = copy;
  }

  /** See {@link NormOps#standardizeGradients}; float32 only. */
  public NormGradients gradients(
      View gradient,
      View x,
      Moments moments,
      NormGroups groups,
      NormParams params,
      @Nullable View scale,
      boolean wantsInput,
      boolean wantsAffine) {
    if (x.shape().size() == 0) {
      return nothing(x, wantsInput, wantsAffine ? scale : null);
    }
    NormGeometry geometry = NormGeometry.of(x, groups);
    boolean inRuns = geometry.kind() == NormGeometry.Kind.RUNS;
    View input = null;
    NormGradients affine = new NormGradients(null, null, null);
    try (DenseOperand slope = DenseOperand.of(gradient, NormOps.strides(x), copy);
        DenseOperand in = DenseOperand.of(x, NormOps.strides(x), copy);
        NormFactors factors = NormFactors.of(geometry, params, moments, scale, null, memory, copy);
        CellSums sums =
            GradientCells.sums(factors, slope.address(), in.address(), memory, workers)) {
      if (wantsAffine && scale != null) {
        AffineGradient ofAffine = new AffineGradient(factors, memory, workers);
        affine =
            inRuns
                ? ofAffine.ofRuns(slope.address(), in.address(), scale.shape())
                : ofAffine.ofChannels(sums, scale.shape());
      }
      if (wantsInput) {
        input = memory.allocate(x.dtype(), x.shape(), NormOps.strides(x));
        new InputGradient(factors, slope.address(), in.address(), memory, workers)
            .write(sums, Addresses.of(input));
      }
    }
    return new NormGradients(input, affine.scale(), affine.shift());
  }

  /** The gradients where there are no elements. */
  private NormGradients nothing(View x, boolean wantsInput, @Nullable View scale) {
    View input = wantsInput ? memory.allocate(x.dtype(), x.shape(), NormOps.strides(x)) : null;
    return scale == null
        ? new NormGradients(input, null, null)
        : new NormGradients(input, zeros(scale), zeros(scale));
  }

  private View zeros(View like) {
    View zeros = memory.allocate(like.dtype(), like.shape(), MemoryOrder.ROW_MAJOR);
    copy.fill(zeros, 0);
    return zeros;
  }
}
