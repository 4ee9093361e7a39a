package dev.tempera.backend;

import dev.tempera.data.MemoryOrder;
import dev.tempera.data.View;

/** Sorting along an axis. Equal elements keep their order. */
public interface SortOps extends MemoryOps {
  /**
   * Elements in order and where they were.
   *
   * @param values new, row-major
   * @param indices of the same shape, int32, row-major: places on the axis
   */
  record Sorted(View values, View indices) {}

  /** All elements along an axis in order. */
  Sorted sort(View x, int axis, SortOrder order);

  /**
   * The first elements along an axis in order, as {@link #sort} gives them.
   *
   * @param count how many, at most the length of the axis
   */
  default Sorted topK(View x, int count, int axis, SortOrder order) {
    Sorted all = sort(x, axis, order);
    return new Sorted(head(all.values(), count, axis), head(all.indices(), count, axis));
  }

  private View head(View all, int count, int axis) {
    View first = contiguous(all.slice(axis, 0, count, 1), MemoryOrder.ROW_MAJOR);
    all.storage().release();
    return first;
  }
}
