package dev.tempera.forecast;

import dev.tempera.backend.AxisWeights;
import dev.tempera.backend.ResampleOps;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/** Images as large as the two maps make them. */
interface NullResample extends ResampleOps, NullMemory {
  @Override
  default View resample2d(View x, AxisWeights rows, AxisWeights columns) {
    Shape shape = x.shape().with(2, rows.length()).with(3, columns.length());
    MemoryOrder order = x.isChannelsLast() ? MemoryOrder.CHANNELS_LAST : MemoryOrder.ROW_MAJOR;
    return make("resample2d", x.dtype(), shape, order);
  }
}
