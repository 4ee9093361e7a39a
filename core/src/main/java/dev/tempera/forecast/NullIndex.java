package dev.tempera.forecast;

import dev.tempera.backend.IndexOps;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.View;

/** Results of the index's shape; every index is a place. */
interface NullIndex extends IndexOps, NullMemory {
  @Override
  default View gather(View x, View index, int axis) {
    return make("gather", x.dtype(), index.shape(), MemoryOrder.ROW_MAJOR);
  }

  @Override
  default void scatterAdd(View target, View index, View source, int axis) {}

  @Override
  default long firstOutside(View index, int length) {
    return -1;
  }
}
