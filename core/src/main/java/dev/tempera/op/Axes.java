package dev.tempera.op;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Axis arguments: negative ones count from the end, none means all. */
final class Axes {
  private Axes() {}

  /**
   * One axis, counted from the front.
   *
   * @throws ShapeException if there is no such axis
   */
  static int normalize(String op, Shape shape, int axis) {
    int fromFront = axis < 0 ? axis + shape.rank() : axis;
    if (fromFront < 0 || fromFront >= shape.rank()) {
      throw new ShapeException(
          op
              + ": there is no axis "
              + axis
              + "\n  input   "
              + shape
              + "\n  rule    −"
              + shape.rank()
              + " ≤ axis < "
              + shape.rank());
    }
    return fromFront;
  }

  /**
   * Axes counted from the front, sorted; all of them if none is named.
   *
   * @throws ShapeException if an axis does not exist or is named twice
   */
  static int[] normalize(String op, Shape shape, int[] axes) {
    int[] sorted = new int[axes.length == 0 ? shape.rank() : axes.length];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = axes.length == 0 ? i : normalize(op, shape, axes[i]);
    }
    Arrays.sort(sorted);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        throw new ShapeException(
            op + ": axis " + sorted[i] + " is named twice\n  axes    " + Arrays.toString(axes));
      }
    }
    return sorted;
  }

  /** The shape with these axes of length 1. */
  static Shape keeping(Shape shape, int[] axes) {
    Shape kept = shape;
    for (int axis : axes) {
      kept = kept.with(axis, 1);
    }
    return kept;
  }

  /** The shape without these sorted axes. */
  static Shape dropping(Shape shape, int[] axes) {
    return Shape.of(
        IntStream.range(0, shape.rank())
            .filter(axis -> Arrays.binarySearch(axes, axis) < 0)
            .map(shape::dim)
            .toArray());
  }

  /** How many elements are combined into one. */
  static long count(Shape shape, int[] axes) {
    long count = 1;
    for (int axis : axes) {
      count *= shape.dim(axis);
    }
    return count;
  }
}
