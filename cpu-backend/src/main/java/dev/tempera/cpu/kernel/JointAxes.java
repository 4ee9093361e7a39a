package dev.tempera.cpu.kernel;

import dev.tempera.data.Shape;
import java.util.Arrays;

/**
 * The fewest axes that describe how the elements of two views of one shape lie in memory: from the
 * largest stride of the first view to the smallest, without axes of length 1, and with neighbours
 * merged where both views step through them as through one.
 */
final class JointAxes {
  private final long[] lengths;
  private final long[] first;
  private final long[] second;

  private JointAxes(long[] lengths, long[] first, long[] second) {
    this.lengths = lengths;
    this.first = first;
    this.second = second;
  }

  /** The joint axes of views of a shape with these strides. */
  static JointAxes of(Shape shape, long[] firstStrides, long[] secondStrides) {
    int[] order = outermostFirst(shape, firstStrides);
    long[] lengths = new long[order.length];
    long[] first = new long[order.length];
    long[] second = new long[order.length];
    int count = 0;
    for (int axis : order) {
      long length = shape.dim(axis);
      long a = firstStrides[axis];
      long b = secondStrides[axis];
      if (count > 0 && first[count - 1] == a * length && second[count - 1] == b * length) {
        count--;
        length *= lengths[count];
      }
      lengths[count] = length;
      first[count] = a;
      second[count++] = b;
    }
    return new JointAxes(head(lengths, count), head(first, count), head(second, count));
  }

  /** Axes longer than 1, by falling stride; where strides are equal, the earlier axis first. */
  private static int[] outermostFirst(Shape shape, long[] strides) {
    int[] order = new int[shape.rank()];
    int count = 0;
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (shape.dim(axis) == 1) {
        continue;
      }
      int place = count++;
      while (place > 0 && strides[order[place - 1]] < strides[axis]) {
        order[place] = order[place - 1];
        place--;
      }
      order[place] = axis;
    }
    return Arrays.copyOf(order, count);
  }

  private static long[] head(long[] values, int count) {
    return Arrays.copyOf(values, count);
  }

  /** How many axes there are. */
  int rank() {
    return lengths.length;
  }

  /** The length of an axis; 0 is the outermost. */
  long length(int axis) {
    return lengths[axis];
  }

  /** The first view's stride of an axis, in elements. */
  long first(int axis) {
    return first[axis];
  }

  /** The second view's stride of an axis, in elements. */
  long second(int axis) {
    return second[axis];
  }

  /** From one element to the next along the innermost axis of the second view; 1 without axes. */
  long secondStride() {
    return rank() == 0 ? 1 : second[rank() - 1];
  }

  /** Whether both views step through memory together, element by element. */
  boolean isOneRun() {
    return rank() == 0 || (rank() == 1 && first[0] == 1 && second[0] == 1);
  }

  /**
   * The axis along which the second view moves fastest, if that is not the innermost, along which
   * the first does; −1 if both agree, or the second view repeats elements along the innermost axis.
   */
  int transposedAxis() {
    int fastest = rank() - 1;
    for (int axis = 0; axis < rank() - 1; axis++) {
      if (second[axis] > 0 && second[axis] < second[fastest]) {
        fastest = axis;
      }
    }
    return fastest == rank() - 1 ? -1 : fastest;
  }
}
