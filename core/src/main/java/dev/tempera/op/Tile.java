package dev.tempera.op;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Tensor;
import java.util.Arrays;

/** Repeats a tensor as a whole along its axes; the gradient sums over the repetitions. */
public final class Tile {
  private Tile() {}

  /**
   * The tensor repeated along each axis.
   *
   * @param repeats how often, one for each axis; more of them than axes add axes at the front
   * @throws ShapeException if there are fewer repeats than axes, or one is negative
   */
  public static Tensor apply(Tensor x, int... repeats) {
    Shape shape = x.shape();
    int added = repeats.length - shape.rank();
    if (added < 0 || Arrays.stream(repeats).anyMatch(count -> count < 0)) {
      throw new ShapeException(
          "tile: the repeats do not fit\n  input   "
              + shape
              + "\n  repeats "
              + Arrays.toString(repeats)
              + "\n  rule    one number ≥ 0 for each axis, at least "
              + shape.rank());
    }
    int[] apart = new int[2 * repeats.length];
    int[] stretched = new int[2 * repeats.length];
    int[] joined = new int[repeats.length];
    for (int i = 0; i < repeats.length; i++) {
      int length = i < added ? 1 : shape.dim(i - added);
      apart[2 * i] = 1;
      apart[2 * i + 1] = length;
      stretched[2 * i] = repeats[i];
      stretched[2 * i + 1] = length;
      joined[i] = Math.multiplyExact(repeats[i], length);
    }
    Tensor repeated = Expand.apply(Reshape.to(x, Shape.of(apart)), Shape.of(stretched));
    return Reshape.to(repeated, Shape.of(joined));
  }
}
