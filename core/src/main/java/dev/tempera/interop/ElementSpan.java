package dev.tempera.interop;

import dev.tempera.data.Shape;

/** How much memory strided elements reach over. */
final class ElementSpan {
  private ElementSpan() {}

  /**
   * The number of elements from the first to the last, both included, gaps counted; 0 where there
   * are none. Negative strides, which no tensor has, count as 0.
   */
  static long of(Shape shape, long... strides) {
    if (shape.size() == 0) {
      return 0;
    }
    long last = 0;
    for (int axis = 0; axis < strides.length; axis++) {
      long steps = shape.dim(axis) - 1L;
      last = Math.addExact(last, Math.multiplyExact(steps, Math.max(strides[axis], 0)));
    }
    return last + 1;
  }
}
