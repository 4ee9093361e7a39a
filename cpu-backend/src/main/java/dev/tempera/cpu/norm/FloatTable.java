package dev.tempera.cpu.norm;

import dev.tempera.cpu.kernel.Addresses;
import dev.tempera.cpu.kernel.CpuCopy;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.data.DType;
import dev.tempera.data.HostStorage;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/** Rows of float32 numbers in the backend's memory. */
final class FloatTable implements AutoCloseable {
  private final View view;
  private final MemorySegment segment;

  private FloatTable(View view) {
    this.view = view;
    this.segment = ((HostStorage) view.storage()).segment();
  }

  /** New numbers, undefined yet. */
  static FloatTable of(CpuMemory memory, int rows, int columns) {
    Shape shape = Shape.of(rows, columns);
    return new FloatTable(memory.allocate(DType.FLOAT32, shape, MemoryOrder.ROW_MAJOR));
  }

  /** A copy of a matrix; if there is none, one row of a number. */
  static FloatTable copyOf(
      @Nullable View matrix, double otherwise, int columns, CpuMemory memory, CpuCopy copy) {
    if (matrix != null) {
      return new FloatTable(copy.contiguous(matrix, MemoryOrder.ROW_MAJOR));
    }
    FloatTable constant = of(memory, 1, columns);
    copy.fill(constant.view, otherwise);
    return constant;
  }

  int rows() {
    return view.shape().dim(0);
  }

  /** The place of the row that stands for an image: its own, or the one for all. */
  private long place(int row, int column) {
    return (rows() == 1 ? 0 : (long) row) * view.shape().dim(1) + column;
  }

  float get(int row, int column) {
    return segment.getAtIndex(ValueLayout.JAVA_FLOAT, place(row, column));
  }

  void set(int row, int column, double value) {
    segment.setAtIndex(ValueLayout.JAVA_FLOAT, place(row, column), (float) value);
  }

  /** The address of a number; one row stands for all. */
  long address(int row, int column) {
    return Addresses.of(view) + place(row, column) * Float.BYTES;
  }

  @Override
  public void close() {
    view.storage().release();
  }
}
