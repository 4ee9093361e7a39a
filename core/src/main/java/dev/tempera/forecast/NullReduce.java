package dev.tempera.forecast;

import dev.tempera.backend.ReduceOp;
import dev.tempera.backend.ReduceOps;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.util.Locale;

/** Results of length 1 along the reduced axes. */
interface NullReduce extends ReduceOps, NullMemory {
  @Override
  default View reduce(ReduceOp op, View x, int[] axes) {
    Shape kept = x.shape();
    for (int axis : axes) {
      kept = kept.with(axis, 1);
    }
    return make(op.name().toLowerCase(Locale.ROOT), x.dtype(), kept, MemoryOrder.ROW_MAJOR);
  }

  @Override
  default View argmax(View x, int axis) {
    return make("argmax", DType.INT32, x.shape().with(axis, 1), MemoryOrder.ROW_MAJOR);
  }

  @Override
  default View argmin(View x, int axis) {
    return make("argmin", DType.INT32, x.shape().with(axis, 1), MemoryOrder.ROW_MAJOR);
  }
}
