package dev.tempera.cpu.libtorch;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.tempera.backend.ReduceOp;
import dev.tempera.testkit.spec.ConcatSpec;
import dev.tempera.testkit.spec.ExpandSpec;
import dev.tempera.testkit.spec.ExtremumSpec;
import dev.tempera.testkit.spec.GramSpec;
import dev.tempera.testkit.spec.MatmulSpec;
import dev.tempera.testkit.spec.PermuteSpec;
import dev.tempera.testkit.spec.ReshapeSpec;
import dev.tempera.testkit.spec.SliceSpec;
import dev.tempera.testkit.spec.SumSpec;
import dev.tempera.testkit.spec.SumToSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Reductions, products and other shapes in libtorch. */
final class StructuredTwins {
  private StructuredTwins() {}

  /** All of them. */
  static List<TwinnedSpec<?>> all() {
    return List.of(
        TwinnedSpec.of(new SumSpec(), (p, in) -> sum(p, in.get(0))),
        TwinnedSpec.of(new SumToSpec(), (p, in) -> sumTo(p, in.get(0))),
        TwinnedSpec.of(new ExtremumSpec(), (p, in) -> extremum(p, in.get(0)))
            // Along an axis, the Java binding reaches only the maximum that chooses one of several.
            .where(sample -> sample.smooth() || sample.parameters().axes().isEmpty()),
        TwinnedSpec.of(new MatmulSpec(), (p, in) -> JniUtils.matmul(in.get(0), in.get(1))),
        TwinnedSpec.of(new GramSpec(), (p, in) -> gram(in.get(0))),
        TwinnedSpec.of(new ConcatSpec(), (p, in) -> JniUtils.cat(in.toArray(new PtNDArray[0]), p)),
        TwinnedSpec.of(
            new ExpandSpec(), (p, in) -> JniUtils.broadcast(in.get(0), Libtorch.shape(p))),
        TwinnedSpec.of(new PermuteSpec(), (p, in) -> permute(p, in.get(0))),
        TwinnedSpec.of(
            new ReshapeSpec(),
            (p, in) ->
                JniUtils.reshape(in.get(0), p.stream().mapToLong(Integer::longValue).toArray())),
        TwinnedSpec.of(
            new SliceSpec(),
            (p, in) -> JniUtils.slice(in.get(0), p.axis(), p.start(), p.end(), p.step())));
  }

  static PtNDArray sum(SumSpec.Parameters parameters, PtNDArray x) {
    long[] axes = axes(parameters.axes(), x);
    PtNDArray sum = JniUtils.sum(x, axes, parameters.keepsAxes());
    if (parameters.op() == ReduceOp.SUM) {
      return sum;
    }
    PtNDArray mean = x;
    for (long axis : axes) {
      mean = JniUtils.mean(mean, axis, true);
    }
    return JniUtils.reshape(mean, sum.getShape().getShape());
  }

  private static PtNDArray sumTo(dev.tempera.data.Shape shape, PtNDArray x) {
    int missing = x.getShape().dimension() - shape.rank();
    long[] stretched =
        IntStream.range(0, x.getShape().dimension())
            .filter(axis -> axis < missing || shape.dim(axis - missing) == 1)
            .asLongStream()
            .toArray();
    PtNDArray sum = stretched.length == 0 ? x : JniUtils.sum(x, stretched, true);
    return JniUtils.reshape(sum, Libtorch.shape(shape).getShape());
  }

  private static PtNDArray extremum(ExtremumSpec.Parameters parameters, PtNDArray x) {
    boolean max = parameters.op() == ReduceOp.MAX;
    if (parameters.axes().isEmpty()) {
      return max ? JniUtils.max(x) : JniUtils.min(x);
    }
    List<Long> axes = new ArrayList<>();
    for (long axis : axes(parameters.axes(), x)) {
      axes.add(axis);
    }
    axes.sort(Collections.reverseOrder());
    PtNDArray y = x;
    for (long axis : axes) {
      y = max ? JniUtils.max(y, axis, false) : JniUtils.min(y, axis, false);
    }
    return y;
  }

  private static PtNDArray gram(PtNDArray features) {
    Shape shape = features.getShape();
    PtNDArray rows = JniUtils.reshape(features, new long[] {shape.get(0), shape.get(1), -1});
    return JniUtils.matmul(rows, JniUtils.transpose(rows, 1, 2));
  }

  private static PtNDArray permute(List<Integer> order, PtNDArray x) {
    int rank = x.getShape().dimension();
    return order.isEmpty()
        ? JniUtils.transpose(x, rank - 2, rank - 1)
        : JniUtils.permute(x, order.stream().mapToLong(Integer::longValue).toArray());
  }

  /** Axes counted from the front; all if none is named. */
  static long[] axes(List<Integer> axes, PtNDArray x) {
    int rank = x.getShape().dimension();
    IntStream named =
        axes.isEmpty() ? IntStream.range(0, rank) : axes.stream().mapToInt(Integer::intValue);
    return named.map(axis -> Math.floorMod(axis, rank)).asLongStream().toArray();
  }
}
