package dev.tempera.op;

import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Saved;
import dev.tempera.tensor.Tensor;

/**
 * Elements from places along an axis: y[i, j] = x[index[i, j], j] for axis 0. The gradient goes
 * back to those places, added up where they repeat.
 */
public final class Gather {
  private Gather() {}

  /**
   * The elements at the places that an index gives.
   *
   * @param x of any type
   * @param index int32 or int64, with as many axes as x, none longer than x's but the axis itself
   * @return of the index's shape
   * @throws dev.tempera.data.ShapeException if the shapes do not fit
   * @throws IllegalArgumentException if the index is of another type
   * @throws IndexOutOfBoundsException if a number in the index is no place on the axis
   */
  public static Tensor apply(Tensor x, Tensor index, int axis) {
    int along = Axes.normalize("gather", x.shape(), axis);
    Recording.of("gather", x, index);
    Indices.requireOfElements("gather", x.shape(), index, along);
    return fromPlaces(Indices.narrow(x, index.shape(), along), index, along);
  }

  /** The same for an index that was checked, of x's shape but along the axis. */
  static Tensor fromPlaces(Tensor x, Tensor index, int axis) {
    Recording recording = Recording.of("gather", x, index);
    View y = recording.backend().gather(x.view(), index.view(), axis);
    Saved places = recording.save(index, true);
    Shape shape = x.shape();
    return recording.result(
        y,
        (gradient, into) ->
            into.add(0, () -> ScatterAdd.intoZeros(gradient, places.tensor(), shape, axis)));
  }
}
