package dev.tempera.testkit;

import dev.tempera.backend.Backend;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.tensor.Tensor;
import java.lang.foreign.MemorySegment;
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
    int[] places = places(shape, strides, first);
    for (int i = 0; i < values.length; i++) {
      elements[places[i]] = values[i];
    }
    DType dtype = input.dtype(real);
    byte[] content = ElementCodec.encode(elements, dtype);
    View block = backend.allocate(dtype, Shape.of(elements.length), MemoryOrder.ROW_MAJOR);
    backend.upload(MemorySegment.ofArray(content), block);
    View view = View.of(block.storage(), dtype, shape, strides, first);
    return new Guarded(backend, block, view, content);
  }

  /** The operand, as a tensor that belongs to the innermost scope and holds the memory. */
  public Tensor tensor() {
    return Tensor.of(backend, view);
  }

  /** The operand, as a view whose storage has one holder, the caller. */
  public View view() {
    return view;
  }

  /** The elements as they are now, read by their own strides. */
  public Numbers numbers() {
    double[] all = ElementCodec.decode(current(), view.dtype());
    int[] places = places(view.shape(), view.strides(), view.offset());
    double[] own = new double[places.length];
    for (int i = 0; i < own.length; i++) {
      own[i] = all[places[i]];
    }
    return new Numbers(view.dtype(), view.shape(), own);
  }

  private byte[] current() {
    byte[] bytes = new byte[content.length];
    backend.download(block, MemorySegment.ofArray(bytes));
    return bytes;
  }

  /** Where in the block each element lies, in row-major order. */
  private static int[] places(Shape shape, long[] strides, long offset) {
    int[] places = {Math.toIntExact(offset)};
    for (int axis = 0; axis < strides.length; axis++) {
      int length = shape.dim(axis);
      int stride = Math.toIntExact(strides[axis]);
      int[] along = new int[places.length * length];
      for (int i = 0; i < along.length; i++) {
        along[i] = places[i / length] + i % length * stride;
      }
      places = along;
    }
    return places;
  }

  /**
   * Checks that nothing was written to the elements, nor around them.
   *
   * @param what names the operand in the message
   */
  public void requireUntouched(String what) {
    requireEqualOutside(what, current(), new boolean[content.length]);
  }

  /**
   * Checks that nothing was written around the elements, which themselves may have changed.
   *
   * @param what names the operand in the message
   */
  public void requireZonesUntouched(String what) {
    requireEqualOutside(what, current(), elementBytes());
  }

  private boolean[] elementBytes() {
    boolean[] own = new boolean[content.length];
    int size = view.dtype().byteSize();
    for (int place : places(view.shape(), view.strides(), view.offset())) {
      Arrays.fill(own, place * size, (place + 1) * size, true);
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
