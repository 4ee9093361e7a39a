package dev.tempera.cpu.libtorch;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.tempera.backend.SortOrder;
import dev.tempera.testkit.spec.GatherSpec;
import dev.tempera.testkit.spec.IndexAddSpec;
import dev.tempera.testkit.spec.IndexSelectSpec;
import dev.tempera.testkit.spec.ScatterAddSpec;
import dev.tempera.testkit.spec.SortSpec;
import dev.tempera.testkit.spec.TopKSpec;
import java.util.Arrays;
import java.util.List;

/** Places on axes, and sorting, in libtorch. */
final class IndexTwins {
  private IndexTwins() {}

  /** All of them. */
  static List<TwinnedSpec<?>> all() {
    return List.of(
        TwinnedSpec.of(
            new GatherSpec(),
            (p, in) -> JniUtils.gather(in.get(0), places(in.get(1)), axis(p, in))),
        TwinnedSpec.of(
            new IndexAddSpec(),
            (p, in) -> {
              PtNDArray places = forAll(in.get(1), in.get(2), axis(p, in));
              return scatterAdd(in.get(0), places, in.get(2), axis(p, in));
            }),
        TwinnedSpec.of(
            new IndexSelectSpec(),
            (p, in) ->
                JniUtils.gather(in.get(0), forAll(in.get(1), in.get(0), axis(p, in)), axis(p, in))),
        TwinnedSpec.of(
                new ScatterAddSpec(),
                (p, in) -> scatterAdd(in.get(0), places(in.get(1)), in.get(2), axis(p, in)))
            // Made of sums that want a place for every element.
            .where(sample -> sample.input(1).shape().equals(sample.input(2).shape()))
            .where(sample -> !sample.name().equals("a shorter index")),
        TwinnedSpec.of(new SortSpec(), (p, in) -> sort(p, in.get(0)))
            // Which of equal elements comes first is left open there.
            .where(sample -> sample.smooth()),
        TwinnedSpec.of(new TopKSpec(), (p, in) -> topK(p, in.get(0)))
            .where(sample -> sample.smooth()));
  }

  private static int axis(int axis, List<PtNDArray> operands) {
    return Math.floorMod(axis, operands.getFirst().getShape().dimension());
  }

  private static PtNDArray places(PtNDArray index) {
    return JniUtils.to(index, DataType.INT64, Device.cpu());
  }

  /** A place for every element of a tensor but along the axis, from one for each slice. */
  private static PtNDArray forAll(PtNDArray index, PtNDArray like, int axis) {
    long[] single = new long[like.getShape().dimension()];
    Arrays.fill(single, 1);
    single[axis] = index.getShape().get(0);
    long[] all = like.getShape().getShape();
    all[axis] = single[axis];
    PtNDArray column = JniUtils.reshape(places(index), single);
    return JniUtils.broadcast(column, new ai.djl.ndarray.types.Shape(all));
  }

  /** x plus, for each place, the sum of what goes there. */
  private static PtNDArray scatterAdd(PtNDArray x, PtNDArray index, PtNDArray source, int axis) {
    int length = Math.toIntExact(x.getShape().get(axis));
    long[] alongPlaces = new long[x.getShape().dimension() + 1];
    Arrays.fill(alongPlaces, 1);
    alongPlaces[axis] = length;
    PtNDArray count =
        JniUtils.arange(
            x.getManager(), 0, length, 1, DataType.INT64, Device.cpu(), SparseFormat.DENSE);
    PtNDArray goes =
        JniUtils.eq(JniUtils.unsqueeze(index, axis), JniUtils.reshape(count, alongPlaces));
    PtNDArray share =
        JniUtils.mul(
            JniUtils.to(goes, x.getDataType(), Device.cpu()), JniUtils.unsqueeze(source, axis));
    return JniUtils.add(x, JniUtils.sum(share, new long[] {axis + 1L}, false));
  }

  private static PtNDArray sort(SortSpec.Parameters parameters, PtNDArray x) {
    boolean descending = parameters.order() == SortOrder.DESCENDING;
    int axis = axis(parameters.axis(), List.of(x));
    PtNDArray values = JniUtils.sort(x, axis, descending);
    return joined(values, JniUtils.argSort(x, axis, descending), axis);
  }

  private static PtNDArray topK(TopKSpec.Parameters parameters, PtNDArray x) {
    int axis = axis(parameters.axis(), List.of(x));
    NDList both = JniUtils.topK(x, parameters.k(), axis, parameters.areLargest(), true);
    return joined((PtNDArray) both.get(0), (PtNDArray) both.get(1), axis);
  }

  private static PtNDArray joined(PtNDArray values, PtNDArray indices, int axis) {
    PtNDArray numbers = JniUtils.to(indices, values.getDataType(), Device.cpu());
    return JniUtils.cat(new PtNDArray[] {values, numbers}, axis);
  }
}
