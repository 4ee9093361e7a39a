package dev.tempera.op;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
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
   * @throws ShapeException if the shape does not broadcast to the tensor's
   */
  public static Tensor apply(Tensor x, Shape shape) {
    requireBroadcast(x.shape(), shape);
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

  private static void requireBroadcast(Shape from, Shape to) {
    int missing = from.rank() - to.rank();
    boolean fits =
        missing >= 0
            && IntStream.range(0, to.rank())
                .allMatch(axis -> to.dim(axis) == 1 || to.dim(axis) == from.dim(axis + missing));
    if (!fits) {
      throw new ShapeException(
          "sumTo: the tensor is no broadcast of this shape\n  input   "
              + from
              + "\n  shape   "
              + to
              + "\n  rule    axes counted from the end are equal, or 1 or missing in the shape");
    }
  }
}
