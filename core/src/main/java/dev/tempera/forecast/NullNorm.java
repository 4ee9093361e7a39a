package dev.tempera.forecast;

import dev.tempera.backend.NormGroups;
import dev.tempera.backend.NormOps;
import dev.tempera.backend.NormParams;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/** Elements that lie in memory as they did, and moments in float64. */
interface NullNorm extends NormOps, NullElementwise, NullReduce, NullMatmul {
  @Override
  default Moments moments(View x, NormGroups groups, NormParams params) {
    Shape shape = groups.momentsShape(x.shape());
    return new Moments(
        make("moments", DType.FLOAT64, shape, MemoryOrder.ROW_MAJOR),
        make("moments", DType.FLOAT64, shape, MemoryOrder.ROW_MAJOR));
  }

  @Override
  default View standardize(
      View x,
      Moments moments,
      NormGroups groups,
      NormParams params,
      @Nullable View scale,
      @Nullable View shift) {
    return make("standardize", x.dtype(), x.shape(), NormOps.strides(x));
  }

  @Override
  default NormGradients standardizeGradients(
      View gradient,
      View x,
      Moments moments,
      NormGroups groups,
      NormParams params,
      @Nullable View scale,
      boolean wantsInput,
      boolean wantsAffine) {
    String op = "standardizeGradients";
    View input = wantsInput ? make(op, x.dtype(), x.shape(), NormOps.strides(x)) : null;
    if (!wantsAffine || scale == null) {
      return new NormGradients(input, null, null);
    }
    Shape shape = scale.shape();
    return new NormGradients(
        input,
        make(op, x.dtype(), shape, MemoryOrder.ROW_MAJOR),
        make(op, x.dtype(), shape, MemoryOrder.ROW_MAJOR));
  }
}
