package dev.tempera.op;

import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts a tensor into parts along an axis, without copying. */
public final class Split {
  private Split() {}

  /**
   * Parts of given lengths, one after another.
   *
   * @param lengths of the parts along the axis; together its whole length
   * @throws ShapeException if there is no such axis, or the lengths do not add up
   */
  public static List<Tensor> apply(Tensor x, int axis, int... lengths) {
    int along = Axes.normalize("split", x.shape(), axis);
    long total = Arrays.stream(lengths).asLongStream().sum();
    if (total != x.shape().dim(along) || Arrays.stream(lengths).anyMatch(length -> length < 0)) {
      throw new ShapeException(
          "split: the parts do not make up the axis\n  input   "
              + x.shape()
              + "\n  lengths "
              + Arrays.toString(lengths)
              + " along axis "
              + axis
              + "\n  rule    lengths ≥ 0 that add up to "
              + x.shape().dim(along)
              + ", here "
              + total);
    }
    List<Tensor> parts = new ArrayList<>();
    int start = 0;
    for (int length : lengths) {
      parts.add(Slice.apply(x, along, start, start + length, 1));
      start += length;
    }
    return parts;
  }

  /**
   * Parts of equal lengths, as many as asked for or fewer: each of ⌈length / count⌉ elements, the
   * last of what is left.
   *
   * @throws ShapeException if there is no such axis
   * @throws IllegalArgumentException if the count is less than 1
   */
  public static List<Tensor> chunk(Tensor x, int axis, int count) {
    int along = Axes.normalize("chunk", x.shape(), axis);
    if (count < 1) {
      throw new IllegalArgumentException(
          "chunk: no parts\n  input   " + x.shape() + "\n  rule    count ≥ 1, here " + count);
    }
    int length = x.shape().dim(along);
    int each = Math.max(Math.ceilDiv(length, count), 1);
    int[] lengths = new int[Math.max(Math.ceilDiv(length, each), 1)];
    Arrays.setAll(lengths, i -> Math.min(each, length - i * each));
    return apply(x, along, lengths);
  }
}
