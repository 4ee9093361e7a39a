package dev.tempera.forecast;

import dev.tempera.backend.ScanOps;
import dev.tempera.data.View;

/** Results like their operand. */
interface NullScan extends ScanOps, NullMemory {
  @Override
  default View cumulativeSum(View x, int axis, boolean fromEnd) {
    return make("cumulativeSum", x.dtype(), x.shape(), x.denseStridesLikeThis());
  }
}
