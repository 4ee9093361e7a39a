package dev.tempera.backend;

import dev.tempera.data.View;

/**
 * Reductions. Sums are cut into chunks that depend on shapes alone and combined in a fixed order.
 */
public interface ReduceOps {
  /**
   * Combines the elements along some axes.
   *
   * @param axes sorted, no duplicates; none means all is kept as it is
   * @return a new dense tensor in row-major order in which the reduced axes have length 1
   */
  View reduce(ReduceOp op, View x, int[] axes);

  /**
   * The index of the first largest element along an axis, NaN counting as the largest.
   *
   * @return new, int32, row-major; the axis has length 1
   */
  View argmax(View x, int axis);

  /**
   * The index of the first smallest element along an axis, NaN counting as the smallest.
   *
   * @return new, int32, row-major; the axis has length 1
   */
  View argmin(View x, int axis);
}
