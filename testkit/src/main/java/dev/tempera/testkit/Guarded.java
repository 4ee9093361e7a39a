package dev.tempera.testkit;

import dev.tempera.backend.Backend;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * An operand in memory, in any layout, with guard zones before, after and between its elements. The
 * zones of real numbers hold NaN, so that reading them shows in a result; writing anywhere shows
 * afterwards.
 */
public final class Guarded {
  /** Elements of a guard zone; keeps the first element aligned to 64 bytes. */
  private static final int MARGIN = 64;

  private final Backend backend;
  private final View block;
  private final View view;
  private final byte[] content;

  private Guarded(Backend backend, View block, View view, byte[] content) {
    this.backend = backend;
    this.block = block;
    this.view = view;
    this.content = content;
  }

  /**
   * Places an operand in the memory of a backend.
   *
   * @param real the type of real numbers
   */
  public static Guarded place(Backend backend, Input input, DType real, Layout layout) {
    Shape shape = input.shape();
    long[] strides = layout.strides(shape);
    int first = MARGIN + layout.offset();
    long last = first;
    for (int axis = 0; axis < strides.length; axis++) {
      last += strides[axis] * Math.max(shape.dim(axis) - 1, 0);
    }
    double[] elements = new double[Math.toIntExact(last) + 1 + MARGIN];
    Arrays.fill(elements, input.isFloating() ? Double.NaN : 1);
    double[] values = input.values();
    long[] dense = shape.rowMajorStrides();
    for (int i = 0; i < values.length; i++) {
      long place = first;
      for (int axis = 0; axis < strides.length; axis++) {
        place += i / dense[axis] % shape.dim(axis) * strides[axis];
      }
      elements[(int) place] = values[i];
    }
    DType dtype = input.dtype(real);
    byte[] content = encode(elements, dtype);
    View block = backend.allocate(dtype, Shape.of(elements.length), MemoryOrder.ROW_MAJOR);
    backend.upload(MemorySegment.ofArray(content), block);
    View view = View.of(block.storage(), dtype, shape, strides, first);
    return new Guarded(backend, block, view, content);
  }

  private static byte[] encode(double[] elements, DType dtype) {
    byte[] bytes = new byte[elements.length * dtype.byteSize()];
    MemorySegment segment = MemorySegment.ofArray(bytes);
    for (int i = 0; i < elements.length; i++) {
      switch (dtype) {
        case FLOAT32 -> segment.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * i, (float) elements[i]);
        case FLOAT64 -> segment.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, 8L * i, elements[i]);
        case BOOL -> bytes[i] = (byte) (elements[i] == 0 ? 0 : 1);
        default -> throw new IllegalArgumentException("samples are not made in " + dtype);
      }
    }
    return bytes;
  }

  /** The operand, as a tensor that belongs to the innermost scope and holds the memory. */
  public Tensor tensor() {
    return Tensor.of(backend, view);
  }

  /** The operand, as a view whose storage has one holder, the caller. */
  public View view() {
    return view;
  }

  /**
   * Checks that nothing was written to the elements, nor around them.
   *
   * @param what names the operand in the message
   */
  public void requireUntouched(String what) {
    byte[] now = new byte[content.length];
    backend.download(block, MemorySegment.ofArray(now));
    requireEqualOutside(what, now, new boolean[content.length]);
  }

  /**
   * Checks that nothing was written around the elements, which themselves may have changed.
   *
   * @param what names the operand in the message
   */
  public void requireZonesUntouched(String what) {
    byte[] now = new byte[content.length];
    backend.download(block, MemorySegment.ofArray(now));
    requireEqualOutside(what, now, elementBytes());
  }

  private boolean[] elementBytes() {
    boolean[] own = new boolean[content.length];
    int size = view.dtype().byteSize();
    long[] dense = view.shape().rowMajorStrides();
    for (long i = 0; i < view.shape().size(); i++) {
      long place = view.offset();
      for (int axis = 0; axis < dense.length; axis++) {
        place += i / dense[axis] % view.shape().dim(axis) * view.stride(axis);
      }
      Arrays.fill(own, (int) place * size, (int) (place + 1) * size, true);
    }
    return own;
  }

  private void requireEqualOutside(String what, byte[] now, boolean[] ignored) {
    for (int i = 0; i < now.length; i++) {
      if (now[i] != content[i] && !ignored[i]) {
        long element = i / view.dtype().byteSize() - view.offset();
        throw new AssertionError(
            what
                + ": memory was written to that does not belong to the result\n  operand  "
                + view
                + "\n  place    element "
                + element
                + " counted from its first");
      }
    }
  }
}
