package dev.tempera.op;

import dev.tempera.data.Shape;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;
import java.util.stream.IntStream;

/** Undoes a broadcast: sums over the axes that were stretched. The one place where that is done. */
public final class SumTo {
  private SumTo() {}

  /**
   * Sums a tensor down to a shape that broadcasts to its own.
   *
   * @param shape where an axis is missing or has length 1, the tensor is summed
   */
  public static Tensor apply(Tensor x, Shape shape) {
    if (x.shape().equals(shape)) {
      return Recording.of("sumTo", x).unchanged();
    }
    int missing = x.shape().rank() - shape.rank();
    int[] stretched =
        IntStream.range(0, x.shape().rank())
            .filter(
                axis ->
                    axis < missing || (shape.dim(axis - missing) == 1 && x.shape().dim(axis) != 1))
            .toArray();
    Tensor summed = stretched.length == 0 ? x : Sum.sumKeepingAxes(x, stretched);
    return summed.shape().equals(shape) ? summed : Reshape.to(summed, shape);
  }
}
