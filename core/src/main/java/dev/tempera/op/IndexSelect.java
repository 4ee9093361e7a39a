package dev.tempera.op;

import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Saved;
import dev.tempera.tensor.Tensor;

/**
 * Whole slices from places on an axis, such as the rows of an embedding: y[i, j] = x[index[i], j]
 * for axis 0. The gradient goes back to those places, added up where they repeat.
 */
public final class IndexSelect {
  private IndexSelect() {}

  /**
   * The slices at the places that an index gives.
   *
   * @param x of any type
   * @param index int32 or int64, of one axis
   * @return of x's shape, but as long as the index along the axis
   * @throws dev.tempera.data.ShapeException if the index has other than one axis
   * @throws IllegalArgumentException if the index is of another type
   * @throws IndexOutOfBoundsException if a number in the index is no place on the axis
   */
  public static Tensor apply(Tensor x, Tensor index, int axis) {
    int along = Axes.normalize("indexSelect", x.shape(), axis);
    Recording.of("indexSelect", x, index);
    Indices.requireOfSlices("indexSelect", x.shape(), index, along);
    return fromPlaces(x, index, along);
  }

  /** The same for an index that was checked. */
  static Tensor fromPlaces(Tensor x, Tensor index, int axis) {
    Recording recording = Recording.of("indexSelect", x, index);
    Shape shape = x.shape();
    View y = recording.backend().gather(x.view(), forAll(index, shape, axis), axis);
    Saved places = recording.save(index, true);
    return recording.result(
        y,
        (gradient, into) ->
            into.add(0, () -> IndexAdd.intoZeros(gradient, places.tensor(), shape, axis)));
  }

  /** A place for every element, stretched from one for each slice. */
  static View forAll(Tensor index, Shape shape, int axis) {
    int count = index.shape().dim(0);
    long[] strides = new long[shape.rank()];
    strides[axis] = index.view().stride(0);
    return View.of(
        index.view().storage(),
        index.dtype(),
        shape.with(axis, count),
        strides,
        index.view().offset());
  }
}
