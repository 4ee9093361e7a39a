package dev.tempera.op;

import dev.tempera.backend.SortOps.Sorted;
import dev.tempera.backend.SortOrder;
import dev.tempera.data.Shape;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Saved;
import dev.tempera.tensor.Tensor;

/**
 * All elements along an axis in order. Equal ones keep their order, and NaN counts as the largest.
 * The gradient goes back to where the elements were.
 */
public final class Sort {
  private Sort() {}

  /**
   * The elements along an axis in order, and where they were.
   *
   * @throws dev.tempera.data.ShapeException if there is no such axis
   */
  public static ValuesAndIndices apply(Tensor x, int axis, SortOrder order) {
    int along = Axes.normalize("sort", x.shape(), axis);
    Recording recording = Recording.of("sort", x);
    Unary.requireComputable("sort", x);
    return wrap(recording, x.shape(), recording.backend().sort(x.view(), along, order), along);
  }

  /** The tensors of elements that a kernel has put in order. */
  static ValuesAndIndices wrap(Recording recording, Shape shape, Sorted sorted, int axis) {
    Tensor indices = recording.untracked(sorted.indices());
    Saved places = recording.save(indices, true);
    Tensor values =
        recording.result(
            sorted.values(),
            (gradient, into) ->
                into.add(0, () -> ScatterAdd.intoZeros(gradient, places.tensor(), shape, axis)));
    return new ValuesAndIndices(values, indices);
  }
}
