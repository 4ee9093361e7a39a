package dev.tempera.op;

import dev.tempera.backend.ReduceOp;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Saved;
import dev.tempera.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Products over any axes. The gradient of an element is the product of all others, which is made of
 * products alone, so that it is right where elements are 0, and so are its own gradients.
 */
public final class Product {
  private Product() {}

  /** The product over some axes, all if none is named; they disappear. */
  public static Tensor apply(Tensor x, int... axes) {
    int[] sorted = Axes.normalize("product", x.shape(), axes);
    return Reshape.to(keeping(x, sorted), Axes.dropping(x.shape(), sorted));
  }

  /** The product over some axes, all if none is named; they keep length 1. */
  public static Tensor keepingAxes(Tensor x, int... axes) {
    return keeping(x, Axes.normalize("product", x.shape(), axes));
  }

  private static Tensor keeping(Tensor x, int[] axes) {
    Recording recording = Recording.of("product", x);
    Unary.requireComputable("product", x);
    View y = recording.backend().reduce(ReduceOp.PRODUCT, x.view(), axes);
    Saved input = recording.save(x, true);
    return recording.result(
        y,
        (gradient, into) ->
            into.add(0, () -> gradient.multiply(productOfOthers(input.tensor(), axes))));
  }

  /** For each element, the product of all others over some axes. */
  private static Tensor productOfOthers(Tensor x, int[] axes) {
    Shape kept = Axes.dropping(x.shape(), axes);
    int[] order = axesLast(x.shape().rank(), axes);
    Tensor permuted = Permute.apply(x, order);
    int count = Math.toIntExact(Axes.count(x.shape(), axes));
    Tensor rows = permuted.reshape(Math.toIntExact(kept.size()), count);
    Tensor others = count == 0 ? rows : productOfOthers(rows);
    return Permute.apply(Reshape.to(others, permuted.shape()), inverse(order));
  }

  /**
   * For each element of a row, the product of all others: with elements paired off, the product of
   * the other pairs times the other one of its own.
   */
  private static Tensor productOfOthers(Tensor rows) {
    int length = rows.shape().dim(1);
    if (length == 1) {
      return rows.filledLike(1);
    }
    int half = length / 2;
    Tensor left = rows.slice(1, 0, half);
    Tensor right = rows.slice(1, half, 2 * half);
    Tensor pairs = left.multiply(right);
    Tensor rest = rows.slice(1, 2 * half, length);
    Tensor others = productOfOthers(Concat.apply(List.of(pairs, rest), 1));
    Tensor otherPairs = others.slice(1, 0, half);
    Tensor forRest = others.slice(1, half, half + length % 2);
    return Concat.apply(List.of(otherPairs.multiply(right), otherPairs.multiply(left), forRest), 1);
  }

  /** All axes, these ones last. */
  private static int[] axesLast(int rank, int[] axes) {
    IntStream others =
        IntStream.range(0, rank).filter(axis -> IntStream.of(axes).noneMatch(a -> a == axis));
    return IntStream.concat(others, IntStream.of(axes)).toArray();
  }

  private static int[] inverse(int[] order) {
    int[] inverse = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      inverse[order[i]] = i;
    }
    return inverse;
  }
}
