package dev.tempera.op;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Takes axes of length 1 away, without copying. */
public final class Squeeze {
  private Squeeze() {}

  /**
   * The tensor without some of its axes of length 1.
   *
   * @param axes which; all of length 1 if none is named
   * @throws ShapeException if a named axis does not exist, is named twice, or has another length
   */
  public static Tensor apply(Tensor x, int... axes) {
    Shape shape = x.shape();
    int[] dropped =
        axes.length == 0
            ? IntStream.range(0, shape.rank()).filter(axis -> shape.dim(axis) == 1).toArray()
            : Axes.normalize("squeeze", shape, axes);
    for (int axis : dropped) {
      if (shape.dim(axis) != 1) {
        throw new ShapeException(
            "squeeze: axis "
                + axis
                + " has length "
                + shape.dim(axis)
                + "\n  input   "
                + shape
                + "\n  axes    "
                + Arrays.toString(axes)
                + "\n  rule    only axes of length 1 can be taken away"
                + "\n  hint    reshape merges axes, sum and mean reduce them");
      }
    }
    return Reshape.to(x, Axes.dropping(shape, dropped));
  }
}
