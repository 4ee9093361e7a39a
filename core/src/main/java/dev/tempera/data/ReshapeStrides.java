package dev.tempera.data;

import org.jspecify.annotations.Nullable;

/** Finds the strides under which the same elements, in row-major order, have another shape. */
final class ReshapeStrides {
  private ReshapeStrides() {}

  /**
   * Strides for the target shape, or null where only a copy will do.
   *
   * <p>Both shapes are cut into the shortest runs of axes with equal products; within a run the
   * source axes must lie in memory as one axis would.
   */
  static long @Nullable [] of(Shape source, long[] sourceStrides, Shape target) {
    if (source.size() <= 1) {
      return target.rowMajorStrides();
    }
    int axes = 0;
    int[] lengths = new int[source.rank()];
    long[] strides = new long[source.rank()];
    for (int axis = 0; axis < source.rank(); axis++) {
      if (source.dim(axis) != 1) {
        lengths[axes] = source.dim(axis);
        strides[axes++] = sourceStrides[axis];
      }
    }
    long[] result = new long[target.rank()];
    int from = 0;
    int to = 0;
    while (from < axes) {
      int fromEnd = from + 1;
      int toEnd = to + 1;
      long fromProduct = lengths[from];
      long toProduct = target.dim(to);
      while (fromProduct != toProduct) {
        if (fromProduct < toProduct) {
          fromProduct *= lengths[fromEnd++];
        } else {
          toProduct *= target.dim(toEnd++);
        }
      }
      for (int axis = from; axis < fromEnd - 1; axis++) {
        if (strides[axis] != strides[axis + 1] * lengths[axis + 1]) {
          return null;
        }
      }
      long step = strides[fromEnd - 1];
      for (int axis = toEnd - 1; axis >= to; axis--) {
        result[axis] = step;
        step *= target.dim(axis);
      }
      from = fromEnd;
      to = toEnd;
    }
    return result;
  }
}
