package dev.tempera.reference;

import dev.tempera.backend.IndexOps;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.View;

/** Places given by numbers, one element at a time; sums in double. */
interface ReferenceIndex extends IndexOps, ReferenceMemory {
  @Override
  default View gather(View x, View index, int axis) {
    View result = allocate(x.dtype(), index.shape(), MemoryOrder.ROW_MAJOR);
    Elements in = new Elements(x);
    Elements places = new Elements(index);
    Elements out = new Elements(result);
    Coordinates.forEach(
        index.shape(), at -> out.copyFrom(in, at, along(at, axis, (int) places.get(at))));
    return result;
  }

  @Override
  default void scatterAdd(View target, View index, View source, int axis) {
    View sums = converted(target, DType.FLOAT64, MemoryOrder.ROW_MAJOR);
    Elements in = new Elements(source);
    Elements places = new Elements(index);
    Elements out = new Elements(sums);
    Coordinates.forEach(
        source.shape(),
        at -> {
          int[] to = along(at, axis, (int) places.get(at));
          out.set(out.get(to) + in.get(at), to);
        });
    assign(target, sums);
    sums.storage().release();
  }

  private static int[] along(int[] at, int axis, int place) {
    int[] moved = at.clone();
    moved[axis] = place;
    return moved;
  }
}
