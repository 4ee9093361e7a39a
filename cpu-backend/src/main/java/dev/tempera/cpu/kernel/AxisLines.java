package dev.tempera.cpu.kernel;

import dev.tempera.data.Shape;
import dev.tempera.data.View;

/**
 * A dense tensor around one of its axes, as it lies in memory: (outer, length, inner).
 *
 * @param outer elements of what lies around the axis
 * @param length of the axis
 * @param inner elements of what lies inside it: 1 if the elements of a line are neighbours
 */
record AxisLines(long outer, int length, long inner) {
  /** The lines of a dense view along an axis. */
  static AxisLines of(View x, int axis) {
    int length = x.shape().dim(axis);
    long inner = length == 1 ? 1 : x.stride(axis);
    return new AxisLines(x.shape().size() / Math.max(length * inner, 1), length, inner);
  }

  /** How many lines there are. */
  long count() {
    return outer * inner;
  }

  /** Where a line begins, in elements. */
  long start(long line) {
    return line / inner * length * inner + line % inner;
  }

  /** Strides of a dense tensor whose elements along an axis are neighbours. */
  static long[] stridesWithLast(Shape shape, int axis) {
    long[] strides = new long[shape.rank()];
    strides[axis] = 1;
    long step = Math.max(shape.dim(axis), 1);
    for (int other = shape.rank() - 1; other >= 0; other--) {
      if (other != axis) {
        strides[other] = step;
        step *= Math.max(shape.dim(other), 1);
      }
    }
    return strides;
  }
}
