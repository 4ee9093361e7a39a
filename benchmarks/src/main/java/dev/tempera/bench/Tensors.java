package dev.tempera.bench;

import dev.tempera.backend.Backend;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Philox;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Operands of benchmarks. */
final class Tensors {
  private Tensors() {}

  /** Numbers from the standard normal distribution, dense in a memory order. */
  static View random(Backend backend, long seed, MemoryOrder order, Shape shape) {
    float[] values = new Philox(seed, 0).normal(Math.toIntExact(shape.size()));
    View row = backend.allocate(DType.FLOAT32, Shape.of(values.length), MemoryOrder.ROW_MAJOR);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_FLOAT, values);
      backend.upload(segment, row);
    }
    return View.dense(row.storage(), DType.FLOAT32, shape, order);
  }

  /** Gives a result's memory back; the view says that there was one. */
  static View released(View result) {
    result.storage().release();
    return result;
  }
}
