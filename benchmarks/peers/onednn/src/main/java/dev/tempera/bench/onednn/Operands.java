package dev.tempera.bench.onednn;

import dev.tempera.bench.work.Computation;
import dev.tempera.bench.work.Operand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/** The operands of a computation in oneDNN's memory, by name. */
final class Operands {
  private final Map<String, memory> memories = new LinkedHashMap<>();

  Operands(Processor processor, Computation computation) {
    for (Operand operand : computation.operands()) {
      memory stored = processor.memory(Layouts.dense(operand.shape(), operand.order()));
      FloatPointer numbers = new FloatPointer(stored.get_data_handle());
      for (long start = 0; start < operand.shape().size(); start += Operand.PART) {
        numbers.position(start).put(operand.part(Math.toIntExact(start / Operand.PART)));
      }
      memories.put(operand.name(), stored);
    }
  }

  /** The operand of a name. */
  memory memory(String name) {
    return Objects.requireNonNull(memories.get(name), name);
  }
}
