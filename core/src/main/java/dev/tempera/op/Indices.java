package dev.tempera.op;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Tensor;
import java.util.Arrays;

/** Checks of tensors whose numbers are places on an axis. */
final class Indices {
  private Indices() {}

  /**
   * Requires places for single elements.
   *
   * @param shape of the tensor they are in
   * @throws ShapeException if the index has other axes, or is longer than the tensor off the axis
   * @throws IllegalArgumentException if it is of another type than int32 and int64
   * @throws IndexOutOfBoundsException if a number is no place on the axis
   */
  static void requireOfElements(String op, Shape shape, Tensor index, int axis) {
    boolean fits = index.shape().rank() == shape.rank();
    for (int other = 0; fits && other < shape.rank(); other++) {
      fits = other == axis || index.shape().dim(other) <= shape.dim(other);
    }
    if (!fits) {
      throw new ShapeException(
          op
              + ": the index does not fit the input"
              + operands(shape, index)
              + "\n  rule    as many axes, and none longer than the input's but axis "
              + axis);
    }
    requirePlaces(op, shape, index, axis);
  }

  /**
   * Requires places for whole slices.
   *
   * @param shape of the tensor they are in
   * @throws ShapeException if the index has other than one axis
   * @throws IllegalArgumentException if it is of another type than int32 and int64
   * @throws IndexOutOfBoundsException if a number is no place on the axis
   */
  static void requireOfSlices(String op, Shape shape, Tensor index, int axis) {
    if (index.shape().rank() != 1) {
      throw new ShapeException(
          op
              + ": the index needs one axis"
              + operands(shape, index)
              + "\n  hint    gather and scatterAdd take a place for every element");
    }
    requirePlaces(op, shape, index, axis);
  }

  private static void requirePlaces(String op, Shape shape, Tensor index, int axis) {
    if (index.dtype() != DType.INT32 && index.dtype() != DType.INT64) {
      throw new IllegalArgumentException(
          op
              + ": an index is of int32 or int64"
              + operands(shape, index)
              + "\n  hint    convert it with to(DType.INT32)");
    }
    int length = shape.dim(axis);
    long position = index.backend().firstOutside(index.view(), length);
    if (position >= 0) {
      throw new IndexOutOfBoundsException(
          op
              + ": an index lies outside of axis "
              + axis
              + operands(shape, index)
              + "\n  rule    0 ≤ index < "
              + length
              + ", here "
              + (long) index.toDoubles()[Math.toIntExact(position)]
              + " at "
              + Arrays.toString(coordinates(index.shape(), position)));
    }
  }

  private static String operands(Shape shape, Tensor index) {
    return "\n  input   " + shape + "\n  index   " + index.dtype() + index.shape();
  }

  private static long[] coordinates(Shape shape, long position) {
    long[] strides = shape.rowMajorStrides();
    long[] at = new long[strides.length];
    for (int axis = 0; axis < at.length; axis++) {
      at[axis] = position / strides[axis] % shape.dim(axis);
    }
    return at;
  }

  /**
   * The part of a tensor that begins at the origin and has the index's lengths in all axes but one.
   */
  static Tensor narrow(Tensor x, Shape index, int axis) {
    Tensor narrowed = x;
    for (int other = 0; other < index.rank(); other++) {
      if (other != axis && index.dim(other) < x.shape().dim(other)) {
        narrowed = Slice.apply(narrowed, other, 0, index.dim(other), 1);
      }
    }
    return narrowed;
  }
}
