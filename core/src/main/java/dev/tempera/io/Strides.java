package dev.tempera.io;

/** Where the elements of a strided tensor lie, counted in elements from the first. */
final class Strides {
  private Strides() {}

  /** Receives each element's place in the stored order and in row-major order. */
  @FunctionalInterface
  interface Visitor {
    void visit(long stored, long rowMajor);
  }

  /** Whether the strides describe row-major order without gaps; an axis of length 1 has no say. */
  static boolean areDense(int[] lengths, long[] strides) {
    long step = 1;
    for (int axis = lengths.length - 1; axis >= 0; axis--) {
      if (lengths[axis] != 1 && strides[axis] != step) {
        return span(lengths, strides) == 0;
      }
      step *= lengths[axis];
    }
    return true;
  }

  /** The number of elements from the first to the last, both included; 0 where there are none. */
  static long span(int[] lengths, long[] strides) {
    long last = 0;
    for (int axis = 0; axis < lengths.length; axis++) {
      if (lengths[axis] == 0) {
        return 0;
      }
      last += (lengths[axis] - 1) * strides[axis];
    }
    return last + 1;
  }

  /** Visits every element in row-major order. */
  static void forEach(int[] lengths, long[] strides, Visitor visitor) {
    long rows = span(lengths, strides) == 0 ? 0 : 1;
    int last = lengths.length - 1;
    for (int axis = 0; axis < last; axis++) {
      rows *= lengths[axis];
    }
    int rowLength = last < 0 ? 1 : lengths[last];
    long rowStride = last < 0 ? 0 : strides[last];
    int[] index = new int[lengths.length];
    long rowStart = 0;
    for (long row = 0; row < rows; row++) {
      for (int i = 0; i < rowLength; i++) {
        visitor.visit(rowStart + i * rowStride, row * rowLength + i);
      }
      for (int axis = last - 1; axis >= 0; axis--) {
        rowStart += strides[axis];
        if (++index[axis] < lengths[axis]) {
          break;
        }
        rowStart -= lengths[axis] * strides[axis];
        index[axis] = 0;
      }
    }
  }
}
