package dev.tempera.op;

import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Axes in another order, without copying. */
public final class Permute {
  private Permute() {}

  /**
   * Axis i of the result is axis {@code order[i]} of the input.
   *
   * @throws ShapeException if the order does not name every axis once
   */
  public static Tensor apply(Tensor x, int... order) {
    int rank = x.shape().rank();
    int[] fromFront = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      fromFront[i] = Axes.normalize("permute", x.shape(), order[i]);
    }
    int[] inverse = new int[rank];
    Arrays.fill(inverse, -1);
    for (int i = 0; i < fromFront.length && i < rank; i++) {
      inverse[fromFront[i]] = i;
    }
    if (order.length != rank || Arrays.stream(inverse).anyMatch(i -> i < 0)) {
      throw new ShapeException(
          "permute: the order does not name every axis once\n  input   "
              + x.shape()
              + "\n  order   "
              + Arrays.toString(order));
    }
    Recording recording = Recording.of("permute", x);
    return recording.sharedResult(
        x.view().permute(fromFront),
        (gradient, into) -> into.add(0, () -> apply(gradient, inverse)));
  }

  /**
   * The last two axes exchanged.
   *
   * @throws ShapeException if there are fewer than two
   */
  public static Tensor transpose(Tensor x) {
    int rank = x.shape().rank();
    if (rank < 2) {
      throw new ShapeException("transpose: needs two axes\n  input   " + x.shape());
    }
    int[] order = IntStream.range(0, rank).toArray();
    order[rank - 1] = rank - 2;
    order[rank - 2] = rank - 1;
    return apply(x, order);
  }
}
