package dev.tempera.bench.onednn;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;

/** A primitive and the memory that it works on. */
final class Execution {
  private final primitive operation;
  private final IntMemoryMap arguments = new IntMemoryMap();

  Execution(primitive operation) {
    this.operation = operation;
  }

  /** Copies numbers to memory of another layout. */
  static Execution reorder(memory from, memory to) {
    return new Execution(new reorder(from, to))
        .with(dnnl.DNNL_ARG_FROM, from)
        .with(dnnl.DNNL_ARG_TO, to);
  }

  /**
   * Adds an argument.
   *
   * @param argument one of oneDNN's {@code DNNL_ARG_} numbers
   * @return this
   */
  Execution with(int argument, memory operand) {
    arguments.put(argument, operand);
    return this;
  }

  /** Queues it. */
  void start(stream queue) {
    operation.execute(queue, arguments);
  }
}
