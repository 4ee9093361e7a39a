package dev.tempera.cpu.kernel;

/**
 * Visits the elements of two views of one shape, run by run, in the memory order of the first: a
 * run is what is left of the innermost joint axis.
 */
final class RunWalk {
  private final JointAxes axes;
  private final long[] index;
  private final int inner;
  private long first;
  private long second;

  /** A walk that begins with the element of this index in the first view's memory order. */
  RunWalk(JointAxes axes, long start) {
    this.axes = axes;
    this.index = new long[axes.rank()];
    this.inner = axes.rank() - 1;
    long rest = start;
    for (int axis = inner; axis >= 0; axis--) {
      index[axis] = rest % axes.length(axis);
      rest /= axes.length(axis);
      first += index[axis] * axes.first(axis);
      second += index[axis] * axes.second(axis);
    }
  }

  /** Where the run begins in the first view, in elements from its first. */
  long first() {
    return first;
  }

  /** Where the run begins in the second view, in elements from its first. */
  long second() {
    return second;
  }

  /** How many elements the run has. */
  long length() {
    return inner < 0 ? 1 : axes.length(inner) - index[inner];
  }

  /** From one element of a run of the first view to the next, in elements. */
  long firstStride() {
    return inner < 0 ? 1 : axes.first(inner);
  }

  /** From one element of a run of the second view to the next, in elements. */
  long secondStride() {
    return inner < 0 ? 1 : axes.second(inner);
  }

  /** Goes to the next run; after the last, to the first again. */
  void next() {
    if (inner < 0) {
      return;
    }
    step(inner, -index[inner]);
    for (int axis = inner - 1; axis >= 0; axis--) {
      step(axis, 1);
      if (index[axis] < axes.length(axis)) {
        return;
      }
      step(axis, -index[axis]);
    }
  }

  private void step(int axis, long count) {
    index[axis] += count;
    first += count * axes.first(axis);
    second += count * axes.second(axis);
  }
}
