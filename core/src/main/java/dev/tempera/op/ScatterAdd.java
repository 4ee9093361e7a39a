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
 * Adds elements at places along an axis: y[index[i, j], j] = x[index[i, j], j] + source[i, j] for
 * axis 0. Where places repeat, all are added, in their order. The source's gradient is read from
 * the places that it went to.
 */
public final class ScatterAdd {
  private ScatterAdd() {}

  /**
   * A tensor with elements added to it.
   *
   * @param index int32 or int64, with as many axes as x, none longer than x's but the axis itself
   * @param source of x's type, at least as long as the index in every axis; what is beyond it is
   *     not added
   * @return of x's shape
   * @throws ShapeException if the shapes do not fit
   * @throws IllegalArgumentException if the types do not fit
   * @throws IndexOutOfBoundsException if a number in the index is no place on the axis
   */
  public static Tensor apply(Tensor x, Tensor index, Tensor source, int axis) {
    int along = Axes.normalize("scatterAdd", x.shape(), axis);
    Recording.of("scatterAdd", x, source, index);
    Indices.requireOfElements("scatterAdd", x.shape(), index, along);
    requireSource(x, index, source);
    Tensor used = Indices.narrow(source, index.shape(), along);
    if (used.shape().dim(along) > index.shape().dim(along)) {
      used = Slice.apply(used, along, 0, index.shape().dim(along), 1);
    }
    return toPlaces(x, index, used, along);
  }

  private static void requireSource(Tensor x, Tensor index, Tensor source) {
    Unary.requireComputable("scatterAdd", x);
    boolean fits = source.dtype() == x.dtype() && source.shape().rank() == index.shape().rank();
    for (int axis = 0; fits && axis < index.shape().rank(); axis++) {
      fits = source.shape().dim(axis) >= index.shape().dim(axis);
    }
    if (!fits) {
      throw new ShapeException(
          "scatterAdd: the source does not fit"
              + "\n  input   "
              + x.dtype()
              + x.shape()
              + "\n  index   "
              + index.shape()
              + "\n  source  "
              + source.dtype()
              + source.shape()
              + "\n  rule    the input's type, and no axis shorter than the index's");
    }
  }

  private static Tensor toPlaces(Tensor x, Tensor index, Tensor source, int axis) {
    Recording recording = Recording.of("scatterAdd", x, source, index);
    Backend backend = recording.backend();
    View y = backend.contiguous(x.view(), MemoryOrder.ROW_MAJOR);
    View used = y;
    for (int other = 0; other < index.shape().rank(); other++) {
      if (other != axis) {
        used = used.slice(other, 0, index.shape().dim(other), 1);
      }
    }
    backend.scatterAdd(used, index.view(), source.view(), axis);
    Saved places = recording.save(index, recording.needs(1));
    return recording.result(
        y,
        (gradient, into) -> {
          into.add(0, () -> gradient);
          into.add(
              1,
              () -> {
                Tensor reached = Indices.narrow(gradient, places.tensor().shape(), axis);
                return Gather.fromPlaces(reached, places.tensor(), axis);
              });
        });
  }

  /**
   * Zeros with elements added to them: the gradient of {@link Gather}.
   *
   * @param index checked, of the source's shape
   * @param shape of the result; the source's but along the axis
   */
  static Tensor intoZeros(Tensor source, Tensor index, Shape shape, int axis) {
    Recording recording = Recording.of("scatterAdd", source, index);
    Backend backend = recording.backend();
    View y = backend.filled(source.dtype(), shape, 0);
    backend.scatterAdd(y, index.view(), source.view(), axis);
    Saved places = recording.save(index, true);
    return recording.result(
        y,
        (gradient, into) -> into.add(0, () -> Gather.fromPlaces(gradient, places.tensor(), axis)));
  }
}
