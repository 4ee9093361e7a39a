package dev.tempera.forecast;

import dev.tempera.backend.MemoryOps;
import dev.tempera.backend.MemoryStatistics;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Memory that is counted and not there. */
interface NullMemory extends MemoryOps {
  /** What counts the bytes. */
  Ledger ledger();

  /** A result of an operation, dense with these strides. */
  default View make(String op, DType dtype, Shape shape, long[] strides) {
    return make(op, dtype, shape, strides, !dtype.isFloating());
  }

  private View make(String op, DType dtype, Shape shape, long[] strides, boolean whole) {
    long bytes = shape.size() * dtype.byteSize();
    return View.of(new NullStorage(ledger(), op, bytes, whole), dtype, shape, strides, 0);
  }

  /** A result of an operation, dense in a memory order. */
  default View make(String op, DType dtype, Shape shape, MemoryOrder order) {
    return make(op, dtype, shape, order.strides(shape));
  }

  @Override
  default View allocate(DType dtype, Shape shape, MemoryOrder order) {
    return make("allocate", dtype, shape, order);
  }

  @Override
  default View filled(DType dtype, Shape shape, double value) {
    return make("filled", dtype, shape, MemoryOrder.ROW_MAJOR);
  }

  @Override
  default View converted(View x, DType dtype, MemoryOrder order) {
    String op = x.dtype() == dtype ? "contiguous" : "convert";
    boolean whole = !dtype.isFloating() || ((NullStorage) x.storage()).isWhole();
    return make(op, dtype, x.shape(), order.strides(x.shape()), whole);
  }

  @Override
  default View concat(List<View> parts, int axis) {
    View first = parts.get(0);
    int length = parts.stream().mapToInt(part -> part.shape().dim(axis)).sum();
    MemoryOrder order = first.isChannelsLast() ? MemoryOrder.CHANNELS_LAST : MemoryOrder.ROW_MAJOR;
    return make("concat", first.dtype(), first.shape().with(axis, length), order);
  }

  @Override
  default View flipped(View x, int[] axes) {
    MemoryOrder order = x.isChannelsLast() ? MemoryOrder.CHANNELS_LAST : MemoryOrder.ROW_MAJOR;
    return make("flip", x.dtype(), x.shape(), order);
  }

  @Override
  default void fill(View target, double value) {}

  @Override
  default void assign(View target, View source) {}

  @Override
  default void upload(MemorySegment source, View target) {}

  @Override
  default void download(View source, MemorySegment target) {
    DType dtype = source.dtype();
    if (((NullStorage) source.storage()).isWhole()) {
      target.fill((byte) 0);
      return;
    }
    for (long place = 0; place < target.byteSize(); place += dtype.byteSize()) {
      switch (dtype) {
        case FLOAT32 -> target.set(ValueLayout.JAVA_FLOAT_UNALIGNED, place, 1);
        case FLOAT64 -> target.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, place, 1);
        case FLOAT16 ->
            target.set(ValueLayout.JAVA_SHORT_UNALIGNED, place, Float.floatToFloat16(1));
        case BFLOAT16 ->
            target.set(
                ValueLayout.JAVA_SHORT_UNALIGNED,
                place,
                (short) (Float.floatToRawIntBits(1) >>> Short.SIZE));
        case INT8, UINT8, INT16, INT32, INT64, BOOL ->
            throw new IllegalStateException("whole numbers read as 0");
      }
    }
  }

  @Override
  default MemoryStatistics memory() {
    return ledger().statistics();
  }
}
