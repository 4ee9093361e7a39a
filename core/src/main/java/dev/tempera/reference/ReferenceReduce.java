package dev.tempera.reference;

import dev.tempera.backend.ReduceOp;
import dev.tempera.backend.ReduceOps;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/** Reductions with a double accumulator, in row-major order. */
interface ReferenceReduce extends ReduceOps, ReferenceMemory {
  @Override
  default View reduce(ReduceOp op, View x, int[] axes) {
    Shape kept = x.shape();
    Shape reduced = x.shape();
    for (int axis = 0; axis < x.shape().rank(); axis++) {
      reduced = reduced.with(axis, 1);
    }
    for (int axis : axes) {
      reduced = reduced.with(axis, x.shape().dim(axis));
      kept = kept.with(axis, 1);
    }
    Shape along = reduced;
    View result = allocate(x.dtype(), kept, MemoryOrder.ROW_MAJOR);
    Elements in = new Elements(x);
    Elements out = new Elements(result);
    int[] source = new int[x.shape().rank()];
    Coordinates.forEach(
        kept,
        at -> {
          double[] total = {start(op)};
          Coordinates.forEach(
              along,
              step -> {
                for (int axis = 0; axis < source.length; axis++) {
                  source[axis] = at[axis] + step[axis];
                }
                total[0] = combine(op, total[0], in.get(source));
              });
          out.set(op == ReduceOp.MEAN ? total[0] / along.size() : total[0], at);
        });
    return result;
  }

  private static double start(ReduceOp op) {
    return switch (op) {
      case SUM, MEAN -> 0;
      case PRODUCT -> 1;
      case MAX -> Double.NEGATIVE_INFINITY;
      case MIN -> Double.POSITIVE_INFINITY;
    };
  }

  private static double combine(ReduceOp op, double total, double value) {
    return switch (op) {
      case SUM, MEAN -> total + value;
      case PRODUCT -> total * value;
      case MAX -> Math.max(total, value);
      case MIN -> Math.min(total, value);
    };
  }

  @Override
  default View argmax(View x, int axis) {
    return position(x, axis, 1);
  }

  @Override
  default View argmin(View x, int axis) {
    return position(x, axis, -1);
  }

  /** The place of the first largest element times a sign, NaN counting as the largest. */
  private View position(View x, int axis, int sign) {
    View result = allocate(DType.INT32, x.shape().with(axis, 1), MemoryOrder.ROW_MAJOR);
    Lines in = new Lines(x, axis);
    Elements out = new Elements(result);
    Coordinates.forEach(
        result.shape(),
        at -> {
          double[] line = in.get(at);
          int best = 0;
          for (int i = 1; i < line.length && !Double.isNaN(line[best]); i++) {
            if (line[i] * sign > line[best] * sign || Double.isNaN(line[i])) {
              best = i;
            }
          }
          out.set(best, at);
        });
    return result;
  }
}
