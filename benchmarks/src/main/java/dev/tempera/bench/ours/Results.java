package dev.tempera.bench.ours;

import dev.tempera.backend.Backend;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.View;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Brings results into Java's arrays. */
final class Results {
  private Results() {}

  /** The numbers of a view, densely in a memory order. */
  static float[] floats(Backend backend, View view, MemoryOrder order) {
    View rows = order == MemoryOrder.CHANNELS_LAST ? view.permute(0, 2, 3, 1) : view;
    float[] values = new float[Math.toIntExact(rows.shape().size())];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocate(ValueLayout.JAVA_FLOAT, values.length);
      backend.download(rows, segment);
      MemorySegment.copy(segment, ValueLayout.JAVA_FLOAT, 0, values, 0, values.length);
    }
    return values;
  }
}
