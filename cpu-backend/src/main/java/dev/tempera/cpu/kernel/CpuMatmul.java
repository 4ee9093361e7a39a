package dev.tempera.cpu.kernel;

import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.data.DType;
import dev.tempera.data.HostStorage;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Products of stacks of float32 matrices. */
public final class CpuMatmul {
  private final CpuMemory memory;
  private final Workers workers;

  /** Products in this memory by these threads. */
  public CpuMatmul(CpuMemory memory, Workers workers) {
    this.memory = memory;
    this.workers = workers;
  }

  /** See {@link dev.tempera.backend.MatmulOps#matmul}; float32 only. */
  public View matmul(View a, View b) {
    int batch = Math.max(a.shape().dim(0), b.shape().dim(0));
    int rows = a.shape().dim(1);
    int columns = b.shape().dim(2);
    View result =
        memory.allocate(DType.FLOAT32, Shape.of(batch, rows, columns), MemoryOrder.ROW_MAJOR);
    workers.run(
        batch * rows,
        task -> {
          for (int column = 0; column < columns; column++) {
            float sum = 0;
            for (int k = 0; k < a.shape().dim(2); k++) {
              sum += at(a, task / rows, task % rows, k) * at(b, task / rows, k, column);
            }
            segment(result).setAtIndex(ValueLayout.JAVA_FLOAT, (long) task * columns + column, sum);
          }
        });
    return result;
  }

  private static float at(View view, int... coordinates) {
    return segment(view)
        .get(ValueLayout.JAVA_FLOAT_UNALIGNED, view.indexOf(coordinates) * Float.BYTES);
  }

  private static MemorySegment segment(View view) {
    return ((HostStorage) view.storage()).segment();
  }
}
