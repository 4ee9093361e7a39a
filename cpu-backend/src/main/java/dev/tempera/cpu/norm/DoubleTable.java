package dev.tempera.cpu.norm;

import dev.tempera.cpu.kernel.Addresses;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.data.DType;
import dev.tempera.data.HostStorage;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Float64 numbers in the backend's memory, by index. */
final class DoubleTable implements AutoCloseable {
  private final View view;
  private final MemorySegment segment;

  private DoubleTable(View view) {
    this.view = view;
    this.segment = ((HostStorage) view.storage()).segment();
  }

  /** New numbers, undefined yet. */
  static DoubleTable of(CpuMemory memory, long count) {
    Shape shape = Shape.of(Math.toIntExact(count));
    return new DoubleTable(memory.allocate(DType.FLOAT64, shape, MemoryOrder.ROW_MAJOR));
  }

  /** The numbers of a dense row-major view, which is given back with the table. */
  static DoubleTable over(View view) {
    return new DoubleTable(view);
  }

  double get(long index) {
    return segment.getAtIndex(ValueLayout.JAVA_DOUBLE, view.offset() + index);
  }

  void set(long index, double value) {
    segment.setAtIndex(ValueLayout.JAVA_DOUBLE, view.offset() + index, value);
  }

  /** The address of a number. */
  long address(long index) {
    return Addresses.of(view) + index * Double.BYTES;
  }

  @Override
  public void close() {
    view.storage().release();
  }
}
