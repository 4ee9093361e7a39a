package dev.tempera.backend;

import dev.tempera.data.View;

/** Running totals along an axis. */
public interface ScanOps {
  /**
   * The sum of each element and all before it along an axis.
   *
   * @param fromEnd whether to begin with the last element: each one and all after it
   * @return new, dense, in any memory order
   */
  View cumulativeSum(View x, int axis, boolean fromEnd);
}
