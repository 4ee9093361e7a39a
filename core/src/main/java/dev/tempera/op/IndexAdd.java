package dev.tempera.op;

import dev.tempera.backend.Backend;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Saved;
import dev.tempera.tensor.Tensor;

/**
 * Adds whole slices at places on an axis: y[index[i], j] = x[index[i], j] + source[i, j] for axis
 * 0. Where places repeat, all are added, in their order. The source's gradient is read from the
 * places that it went to.
 */
public final class IndexAdd {
  private IndexAdd() {}

  /**
   * A tensor with slices added to it.
   *
   * @param index int32 or int64, of one axis
   * @param source of x's type and shape, but as long as the index along the axis
   * @return of x's shape
   * @throws ShapeException if the shapes do not fit
   * @throws IllegalArgumentException if the types do not fit
   * @throws IndexOutOfBoundsException if a number in the index is no place on the axis
   */
  public static Tensor apply(Tensor x, Tensor index, Tensor source, int axis) {
    int along = Axes.normalize("indexAdd", x.shape(), axis);
    Recording recording = Recording.of("indexAdd", x, source, index);
    Unary.requireComputable("indexAdd", x);
    Indices.requireOfSlices("indexAdd", x.shape(), index, along);
    Shape expected = x.shape().with(along, index.shape().dim(0));
    if (source.dtype() != x.dtype() || !source.shape().equals(expected)) {
      throw new ShapeException(
          "indexAdd: the source does not fit"
              + "\n  input   "
              + x.dtype()
              + x.shape()
              + "\n  source  "
              + source.dtype()
              + source.shape()
              + "\n  rule    "
              + x.dtype()
              + expected
              + ", with "
              + index.shape().dim(0)
              + " places along axis "
              + along);
    }
    Backend backend = recording.backend();
    View y = backend.contiguous(x.view(), MemoryOrder.ROW_MAJOR);
    backend.scatterAdd(y, IndexSelect.forAll(index, x.shape(), along), source.view(), along);
    Saved places = recording.save(index, recording.needs(1));
    return recording.result(
        y,
        (gradient, into) -> {
          into.add(0, () -> gradient);
          into.add(1, () -> IndexSelect.fromPlaces(gradient, places.tensor(), along));
        });
  }

  /**
   * Zeros with slices added to them: the gradient of {@link IndexSelect}.
   *
   * @param index checked
   * @param shape of the result; the source's but along the axis
   */
  static Tensor intoZeros(Tensor source, Tensor index, Shape shape, int axis) {
    Recording recording = Recording.of("indexAdd", source, index);
    Backend backend = recording.backend();
    View y = backend.filled(source.dtype(), shape, 0);
    backend.scatterAdd(y, IndexSelect.forAll(index, shape, axis), source.view(), axis);
    Saved places = recording.save(index, true);
    return recording.result(
        y,
        (gradient, into) ->
            into.add(0, () -> IndexSelect.fromPlaces(gradient, places.tensor(), axis)));
  }
}
