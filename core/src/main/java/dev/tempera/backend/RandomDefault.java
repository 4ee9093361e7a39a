package dev.tempera.backend;

import dev.tempera.data.DType;
import dev.tempera.data.Distribution;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Philox;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.lang.foreign.MemorySegment;

/** Random numbers drawn by the calling thread and sent to the backend part by part. */
final class RandomDefault {
  /** Numbers that are sent at once. */
  private static final int PART = 1 << 14;

  private RandomDefault() {}

  static View random(
      MemoryOps backend, Distribution distribution, Philox philox, DType dtype, Shape shape) {
    View result = backend.allocate(dtype, shape, MemoryOrder.ROW_MAJOR);
    long size = shape.size();
    double[] drawn = new double[(int) Math.min(PART, size)];
    for (long first = 0; first < size; first += PART) {
      int count = (int) Math.min(PART, size - first);
      distribution.draw(philox, first, drawn, count);
      Shape part = Shape.of(count);
      View numbers = backend.allocate(DType.FLOAT64, part, MemoryOrder.ROW_MAJOR);
      backend.upload(MemorySegment.ofArray(drawn).asSlice(0, (long) count * Double.BYTES), numbers);
      backend.assign(View.of(result.storage(), dtype, part, new long[] {1}, first), numbers);
      numbers.storage().release();
    }
    return result;
  }
}
