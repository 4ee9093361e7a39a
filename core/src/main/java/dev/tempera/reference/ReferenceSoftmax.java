package dev.tempera.reference;

import dev.tempera.backend.SoftmaxOps;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.View;
import java.util.Arrays;
import java.util.function.BinaryOperator;

/** Normalised exponentials, line by line. */
interface ReferenceSoftmax extends SoftmaxOps, ReferenceMemory {
  @Override
  default View softmax(View x, int axis) {
    return eachLine(
        x,
        x,
        axis,
        (line, same) -> {
          double largest = largest(line);
          double sum = sumOfPowers(line, largest);
          return Arrays.stream(line).map(value -> Math.exp(value - largest) / sum).toArray();
        });
  }

  @Override
  default View logSoftmax(View x, int axis) {
    return eachLine(
        x,
        x,
        axis,
        (line, same) -> {
          double largest = largest(line);
          double logarithm = Math.log(sumOfPowers(line, largest));
          return Arrays.stream(line).map(value -> value - largest - logarithm).toArray();
        });
  }

  @Override
  default View logSumExp(View x, int axis) {
    View result = allocate(x.dtype(), x.shape().with(axis, 1), MemoryOrder.ROW_MAJOR);
    Lines in = new Lines(x, axis);
    Elements out = new Elements(result);
    Lines.forEach(
        x.shape(),
        axis,
        at -> {
          double[] line = in.get(at);
          double largest = largest(line);
          boolean isInfinite = Double.isInfinite(largest);
          out.set(isInfinite ? largest : largest + Math.log(sumOfPowers(line, largest)), at);
        });
    return result;
  }

  @Override
  default View softmaxGrad(View gradient, View y, int axis) {
    return eachLine(
        gradient,
        y,
        axis,
        (slopes, line) -> {
          double sum = 0;
          for (int i = 0; i < line.length; i++) {
            sum += slopes[i] * line[i];
          }
          for (int i = 0; i < line.length; i++) {
            line[i] *= slopes[i] - sum;
          }
          return line;
        });
  }

  @Override
  default View logSoftmaxGrad(View gradient, View y, int axis) {
    return eachLine(
        gradient,
        y,
        axis,
        (slopes, line) -> {
          double sum = Arrays.stream(slopes).sum();
          for (int i = 0; i < line.length; i++) {
            line[i] = slopes[i] - Math.exp(line[i]) * sum;
          }
          return line;
        });
  }

  private static double largest(double[] line) {
    return Arrays.stream(line).reduce(Double.NEGATIVE_INFINITY, Math::max);
  }

  private static double sumOfPowers(double[] line, double largest) {
    return Arrays.stream(line).map(value -> Math.exp(value - largest)).sum();
  }

  /** A function of the lines of two views of one shape. */
  private View eachLine(View a, View b, int axis, BinaryOperator<double[]> function) {
    View result = allocate(a.dtype(), a.shape(), MemoryOrder.ROW_MAJOR);
    Lines left = new Lines(a, axis);
    Lines right = new Lines(b, axis);
    Lines out = new Lines(result, axis);
    Lines.forEach(a.shape(), axis, at -> out.set(function.apply(left.get(at), right.get(at)), at));
    return result;
  }
}
