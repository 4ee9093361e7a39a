package dev.tempera.cpu.libtorch;

import ai.djl.Device;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.tempera.testkit.spec.EinsumSpec;
import dev.tempera.testkit.spec.LyapunovSpec;
import dev.tempera.testkit.spec.MatrixSquareRootSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Linear algebra in libtorch, as far as its Java binding reaches. */
final class AlgebraTwins {
  private AlgebraTwins() {}

  /** All of them. */
  static List<TwinnedSpec<?>> all() {
    return List.of(
        TwinnedSpec.of(new EinsumSpec(), AlgebraTwins::einsum)
            // The binding has no einsum; what stands here knows letters only.
            .where(sample -> !sample.parameters().contains("...")),
        TwinnedSpec.of(new MatrixSquareRootSpec(), (p, in) -> squareRoot(positive(in.get(0), p)))
            .where(sample -> sample.input(0).shape().size() > 0),
        TwinnedSpec.of(new LyapunovSpec(), (p, in) -> lyapunov(positive(in.get(0), p), in.get(1)))
            .where(sample -> sample.input(0).shape().size() > 0));
  }

  /** X·Xᵀ/K + least·I. */
  private static PtNDArray positive(PtNDArray x, double least) {
    int rank = x.getShape().dimension();
    PtNDArray squares = JniUtils.matmul(x, JniUtils.transpose(x, rank - 2, rank - 1));
    PtNDArray scaled = times(squares, 1.0 / x.getShape().get(rank - 1));
    return JniUtils.add(scaled, times(identity(squares), least));
  }

  /** A fixed number of coupled Newton–Schulz steps, through which libtorch differentiates. */
  private static PtNDArray squareRoot(PtNDArray a) {
    int rank = a.getShape().dimension();
    long[] matrix = {rank - 2, rank - 1};
    PtNDArray norm = JniUtils.sqrt(JniUtils.sum(JniUtils.square(a), matrix, true));
    PtNDArray y = JniUtils.div(a, norm);
    PtNDArray z = identity(a);
    for (int step = 0; step < 20; step++) {
      PtNDArray t = times(JniUtils.sub(times(identity(a), 3), JniUtils.matmul(z, y)), 0.5);
      y = JniUtils.matmul(y, t);
      z = JniUtils.matmul(t, z);
    }
    return JniUtils.mul(y, JniUtils.sqrt(norm));
  }

  /** The linear system of N² equations, solved by inverting its matrix. */
  private static PtNDArray lyapunov(PtNDArray s, PtNDArray g) {
    long[] shape = g.getShape().getShape();
    long size = shape[shape.length - 1];
    PtNDArray one = JniUtils.reshape(s, new long[] {-1, size, 1, size, 1});
    PtNDArray other =
        JniUtils.reshape(
            JniUtils.transpose(s, shape.length - 2, shape.length - 1),
            new long[] {-1, 1, size, 1, size});
    PtNDArray unit = identity(s);
    PtNDArray rows = JniUtils.reshape(unit, new long[] {1, 1, size, 1, size});
    PtNDArray columns = JniUtils.reshape(unit, new long[] {1, size, 1, size, 1});
    PtNDArray system = JniUtils.add(JniUtils.mul(one, rows), JniUtils.mul(columns, other));
    long squared = size * size;
    PtNDArray inverse =
        JniUtils.inverse(JniUtils.reshape(system, new long[] {-1, squared, squared}));
    PtNDArray right = JniUtils.reshape(g, new long[] {-1, squared, 1});
    return JniUtils.reshape(JniUtils.matmul(inverse, right), shape);
  }

  private static PtNDArray identity(PtNDArray like) {
    int size = (int) like.getShape().get(like.getShape().dimension() - 1);
    return JniUtils.eye(
        like.getManager(), size, size, like.getDataType(), Device.cpu(), SparseFormat.DENSE);
  }

  private static PtNDArray times(PtNDArray x, double factor) {
    return JniUtils.mul(x, ElementwiseTwins.filled(x, factor));
  }

  /** All operands with one axis for each index, multiplied and summed. */
  private static PtNDArray einsum(String equation, List<PtNDArray> operands) {
    String[] sides = equation.replace(" ", "").split("->", -1);
    String[] terms = sides[0].split(",", -1);
    List<Character> used = letters(String.join("", terms));
    List<Character> output = sides.length > 1 ? letters(sides[1]) : onceAndSorted(used);
    List<Character> order = new ArrayList<>(output);
    used.stream().filter(letter -> !order.contains(letter)).forEach(order::add);
    PtNDArray product = alongAll(operands.get(0), letters(terms[0]), order);
    for (int i = 1; i < terms.length; i++) {
      product = JniUtils.mul(product, alongAll(operands.get(i), letters(terms[i]), order));
    }
    long[] summed = LongStream.range(output.size(), order.size()).toArray();
    return summed.length == 0 ? product : JniUtils.sum(product, summed, false);
  }

  private static List<Character> letters(String term) {
    return term.chars().mapToObj(letter -> (char) letter).toList();
  }

  private static List<Character> onceAndSorted(List<Character> used) {
    return used.stream()
        .filter(letter -> used.indexOf(letter) == used.lastIndexOf(letter))
        .sorted()
        .toList();
  }

  private static PtNDArray alongAll(PtNDArray x, List<Character> term, List<Character> order) {
    PtNDArray y = x;
    List<Character> letters = new ArrayList<>(term);
    for (int axis = 0; axis < letters.size(); ) {
      Character letter = letters.get(axis);
      int again = letters.lastIndexOf(letter);
      if (again == axis) {
        axis++;
      } else {
        y = JniUtils.diagonal(y, 0, axis, again);
        letters.subList(again, again + 1).clear();
        letters.subList(axis, axis + 1).clear();
        letters.add(letter);
      }
    }
    List<Character> own = order.stream().filter(letters::contains).toList();
    y = JniUtils.permute(y, own.stream().mapToLong(letters::indexOf).toArray());
    for (int axis = 0; axis < order.size(); axis++) {
      if (!own.contains(order.get(axis))) {
        y = JniUtils.unsqueeze(y, axis);
      }
    }
    return y;
  }
}
