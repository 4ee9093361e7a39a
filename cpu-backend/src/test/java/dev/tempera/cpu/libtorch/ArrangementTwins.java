package dev.tempera.cpu.libtorch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.tempera.data.DType;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.spec.DiagonalSpec;
import dev.tempera.testkit.spec.FlipSpec;
import dev.tempera.testkit.spec.RepeatInterleaveSpec;
import dev.tempera.testkit.spec.RollSpec;
import dev.tempera.testkit.spec.SplitSpec;
import dev.tempera.testkit.spec.SqueezeSpec;
import dev.tempera.testkit.spec.StackSpec;
import dev.tempera.testkit.spec.TileSpec;
import dev.tempera.testkit.spec.TriangleSpec;
import dev.tempera.testkit.spec.UnsqueezeSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Elements in another arrangement in libtorch. */
final class ArrangementTwins {
  private ArrangementTwins() {}

  /** All of them. */
  static List<TwinnedSpec<?>> all() {
    return List.of(
        TwinnedSpec.of(new SplitSpec(), (p, in) -> splitAndReversed(p, in.get(0))),
        TwinnedSpec.of(
            new StackSpec(),
            (p, in) ->
                JniUtils.stack(
                    in.toArray(new PtNDArray[0]),
                    Math.floorMod(p, in.get(0).getShape().dimension() + 1))),
        TwinnedSpec.of(new SqueezeSpec(), (p, in) -> squeeze(p, in.get(0))),
        TwinnedSpec.of(new UnsqueezeSpec(), (p, in) -> JniUtils.unsqueeze(in.get(0), p)),
        TwinnedSpec.of(
            new FlipSpec(),
            (p, in) -> JniUtils.flip(in.get(0), StructuredTwins.axes(p, in.get(0)))),
        TwinnedSpec.of(new RollSpec(), (p, in) -> roll(p, in.get(0))),
        TwinnedSpec.of(
            new TileSpec(),
            (p, in) ->
                JniUtils.tile(in.get(0), p.stream().mapToLong(Integer::longValue).toArray())),
        TwinnedSpec.of(
            new RepeatInterleaveSpec(),
            (p, in) -> JniUtils.repeat(in.get(0), p.repeats(), p.axis())),
        TwinnedSpec.of(
            new DiagonalSpec(),
            (p, in) -> JniUtils.diagonal(in.get(0), p.offset(), p.row(), p.column())),
        TwinnedSpec.of(new TriangleSpec(), (p, in) -> triangle(p, in.get(0))));
  }

  private static PtNDArray splitAndReversed(SplitSpec.Parameters parameters, PtNDArray x) {
    int axis = Math.floorMod(parameters.axis(), x.getShape().dimension());
    long length = x.getShape().get(axis);
    List<Long> lengths = new ArrayList<>();
    parameters.lengths().forEach(part -> lengths.add(part.longValue()));
    if (parameters.chunks() > 0) {
      long each = Math.max(Math.ceilDiv(length, parameters.chunks()), 1);
      for (long start = 0; start < length || lengths.isEmpty(); start += each) {
        lengths.add(Math.min(each, length - start));
      }
    }
    List<PtNDArray> parts = new ArrayList<>();
    long start = 0;
    for (long part : lengths) {
      parts.addFirst(JniUtils.slice(x, axis, start, start + part, 1));
      start += part;
    }
    return JniUtils.cat(parts.toArray(new PtNDArray[0]), axis);
  }

  private static PtNDArray squeeze(List<Integer> axes, PtNDArray x) {
    if (axes.isEmpty()) {
      return JniUtils.squeeze(x);
    }
    int rank = x.getShape().dimension();
    PtNDArray y = x;
    List<Integer> last =
        axes.stream()
            .map(axis -> Math.floorMod(axis, rank))
            .sorted(Comparator.reverseOrder())
            .toList();
    for (int axis : last) {
      y = JniUtils.squeeze(y, axis);
    }
    return y;
  }

  private static PtNDArray roll(RollSpec.Parameters parameters, PtNDArray x) {
    int axis = parameters.axis();
    long length = x.getShape().get(axis);
    long seam = length == 0 ? 0 : Math.floorMod(-parameters.shift(), length);
    PtNDArray head = JniUtils.slice(x, axis, 0, seam, 1);
    PtNDArray tail = JniUtils.slice(x, axis, seam, length, 1);
    return JniUtils.cat(new PtNDArray[] {tail, head}, axis);
  }

  /** The Java binding has no triangles: chosen by a mask. */
  private static PtNDArray triangle(TriangleSpec.Parameters parameters, PtNDArray x) {
    int rank = x.getShape().dimension();
    int rows = (int) x.getShape().get(rank - 2);
    int columns = (int) x.getShape().get(rank - 1);
    double[] inside = new double[rows * columns];
    for (int i = 0; i < inside.length; i++) {
      long beyond = (long) (i % columns) - i / columns - parameters.offset();
      inside[i] = (parameters.isUpper() ? beyond >= 0 : beyond <= 0) ? 1 : 0;
    }
    Input mask = Input.bools(inside, rows, columns);
    PtNDArray chosen = Libtorch.array(x.getManager(), mask, DType.FLOAT32);
    return JniUtils.where(
        JniUtils.broadcast(chosen, x.getShape()), x, ElementwiseTwins.filled(x, 0));
  }
}
