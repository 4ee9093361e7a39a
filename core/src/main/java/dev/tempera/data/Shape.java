package dev.tempera.data;

import java.util.Arrays;

/**
 * The lengths of a tensor's axes, outermost first; images are (N, C, H, W) whatever their order in
 * memory.
 *
 * <p>Immutable. A shape without axes is a scalar and has one element. One axis holds at most 2³¹ −
 * 1 elements, the whole tensor as many as memory holds.
 */
public final class Shape {
  private static final Shape SCALAR = new Shape(new int[0]);

  private final int[] lengths;

  private Shape(int[] lengths) {
    this.lengths = lengths;
  }

  /**
   * A shape with these axis lengths.
   *
   * @throws ShapeException if a length is negative, or the number of elements does not fit in 63
   *     bits
   */
  public static Shape of(int... lengths) {
    if (lengths.length == 0) {
      return SCALAR;
    }
    long size = 1;
    for (int length : lengths) {
      if (length < 0) {
        throw new ShapeException(
            "shape: an axis has a negative length\n  shape   " + Arrays.toString(lengths));
      }
      if (length > 0 && size > Long.MAX_VALUE / 8 / length) {
        throw new ShapeException(
            "shape: more elements than can be addressed\n  shape   " + Arrays.toString(lengths));
      }
      size *= length;
    }
    return new Shape(lengths.clone());
  }

  /** The shape without axes, that of a single number. */
  public static Shape scalar() {
    return SCALAR;
  }

  /** How many axes there are. */
  public int rank() {
    return lengths.length;
  }

  /** The length of an axis; negative indices count from the end. */
  public int dim(int axis) {
    return lengths[axis < 0 ? axis + lengths.length : axis];
  }

  /** How many elements a tensor of this shape has. */
  public long size() {
    long size = 1;
    for (int length : lengths) {
      size *= length;
    }
    return size;
  }

  /** The axis lengths, a copy. */
  public int[] toArray() {
    return lengths.clone();
  }

  /** The same shape with one axis of another length; negative indices count from the end. */
  public Shape with(int axis, int length) {
    int[] changed = lengths.clone();
    changed[axis < 0 ? axis + changed.length : axis] = length;
    return of(changed);
  }

  /**
   * Strides, in elements, of a dense row-major tensor of this shape (the last axis moves fastest).
   */
  public long[] rowMajorStrides() {
    long[] strides = new long[lengths.length];
    long step = 1;
    for (int axis = lengths.length - 1; axis >= 0; axis--) {
      strides[axis] = step;
      step *= Math.max(lengths[axis], 1);
    }
    return strides;
  }

  /**
   * Strides, in elements, of a dense column-major tensor of this shape (the first axis moves
   * fastest), as Fortran and MATLAB keep arrays.
   */
  public long[] columnMajorStrides() {
    long[] strides = new long[lengths.length];
    long step = 1;
    for (int axis = 0; axis < lengths.length; axis++) {
      strides[axis] = step;
      step *= Math.max(lengths[axis], 1);
    }
    return strides;
  }

  /**
   * Strides, in elements, of a dense (N, C, H, W) tensor kept as N×H×W×C in memory, so that the
   * channels of one pixel lie side by side.
   *
   * @throws ShapeException if there are not four axes
   */
  public long[] channelsLastStrides() {
    if (lengths.length != 4) {
      throw new ShapeException(
          "channels-last order needs four axes (N, C, H, W)\n  shape   " + this);
    }
    long channels = Math.max(lengths[1], 1);
    long row = channels * Math.max(lengths[3], 1);
    return new long[] {row * Math.max(lengths[2], 1), 1, row, channels};
  }

  /**
   * The shape two operands broadcast to under NumPy's rule: axes are aligned at the end, and a
   * length of 1 (or a missing axis) stretches to the other operand's.
   *
   * @param op the operation's name, for the error
   * @throws ShapeException if two aligned lengths differ and neither is 1
   */
  public static Shape broadcast(String op, Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    int[] lengths = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int left = i <= a.rank() ? a.dim(-i) : 1;
      int right = i <= b.rank() ? b.dim(-i) : 1;
      if (left != right && left != 1 && right != 1) {
        throw new ShapeException(
            op
                + ": shapes do not broadcast\n  left    "
                + a
                + "\n  right   "
                + b
                + "\n  rule    aligned at the end, axis lengths are equal or one of them is 1; axis -"
                + i
                + " has "
                + left
                + " and "
                + right);
      }
      lengths[rank - i] = left == 1 ? right : left;
    }
    return of(lengths);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(lengths, shape.lengths);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(lengths);
  }

  /** The lengths in brackets, such as {@code [1, 3, 256, 256]}. */
  @Override
  public String toString() {
    return Arrays.toString(lengths);
  }
}
