package dev.tempera.bench.onednn;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.engine.kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;

/** This processor as oneDNN sees it, and the queue of what it is to do. */
final class Processor implements AutoCloseable {
  private final engine cpu = new engine(kind.cpu, 0);
  private final stream queue = new stream(cpu);

  /** What primitives are made for. */
  engine engine() {
    return cpu;
  }

  /** Memory of a layout, not filled. */
  memory memory(desc layout) {
    return new memory(layout, cpu);
  }

  /** The same memory seen in another layout. */
  memory seenAs(memory same, desc layout) {
    return new memory(layout, cpu, same.get_data_handle());
  }

  /** Executes primitives one after the other, and returns when they are done. */
  void run(Iterable<Execution> executions) {
    for (Execution execution : executions) {
      execution.start(queue);
    }
    queue._wait();
  }

  /** The numbers of some memory, as they lie there. */
  static float[] floats(memory stored) {
    float[] values = new float[Math.toIntExact(stored.get_desc().get_size() / Float.BYTES)];
    new FloatPointer(stored.get_data_handle()).get(values);
    return values;
  }

  @Override
  public void close() {
    queue.close();
    cpu.close();
  }
}
