package dev.tempera.forecast;

import dev.tempera.backend.RandomOps;
import dev.tempera.data.DType;
import dev.tempera.data.Distribution;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Philox;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/** Random numbers that nobody draws. */
interface NullRandom extends RandomOps, NullMemory {
  @Override
  default View random(Distribution distribution, Philox philox, DType dtype, Shape shape) {
    return make("random", dtype, shape, MemoryOrder.ROW_MAJOR);
  }
}
