package dev.tempera.forecast;

import dev.tempera.backend.SortOps;
import dev.tempera.backend.SortOrder;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/** Values and places, as many as are wanted. */
interface NullSort extends SortOps, NullMemory {
  @Override
  default Sorted sort(View x, int axis, SortOrder order) {
    return sorted("sort", x.dtype(), x.shape());
  }

  @Override
  default Sorted topK(View x, int count, int axis, SortOrder order) {
    return sorted("topK", x.dtype(), x.shape().with(axis, count));
  }

  private Sorted sorted(String op, DType dtype, Shape shape) {
    return new Sorted(
        make(op, dtype, shape, MemoryOrder.ROW_MAJOR),
        make(op + ", places", DType.INT32, shape, MemoryOrder.ROW_MAJOR));
  }
}
