package dev.tempera.bench.ours;

import dev.tempera.backend.Backend;
import dev.tempera.bench.work.Computation;
import dev.tempera.bench.work.Operand;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.Map;

/** The operands of a computation in a backend's memory, by name. */
final class Operands implements AutoCloseable {
  private final Map<String, View> views = new LinkedHashMap<>();

  Operands(Backend backend, Computation computation) {
    for (Operand operand : computation.operands()) {
      views.put(operand.name(), uploaded(backend, operand));
    }
  }

  private static View uploaded(Backend backend, Operand operand) {
    int length = Math.toIntExact(operand.shape().size());
    View row = backend.allocate(DType.FLOAT32, Shape.of(length), MemoryOrder.ROW_MAJOR);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment part = arena.allocate(ValueLayout.JAVA_FLOAT, Operand.PART);
      for (int start = 0; start < length; start += Operand.PART) {
        float[] numbers = operand.part(start / Operand.PART);
        MemorySegment.copy(numbers, 0, part, ValueLayout.JAVA_FLOAT, 0, numbers.length);
        backend.upload(
            part.asSlice(0, (long) numbers.length * Float.BYTES),
            row.slice(0, start, numbers.length, 1));
      }
    }
    return View.dense(row.storage(), DType.FLOAT32, operand.shape(), operand.order());
  }

  /** The operand of a name; it stays this object's. */
  View view(String name) {
    View view = views.get(name);
    if (view == null) {
      throw new IllegalArgumentException(
          "there is no operand " + name + ", only " + views.keySet());
    }
    return view;
  }

  /** The operand of a name, which is the caller's to release from now on. */
  View take(String name) {
    View view = view(name);
    views.remove(name);
    return view;
  }

  @Override
  public void close() {
    views.values().forEach(view -> view.storage().release());
    views.clear();
  }
}
