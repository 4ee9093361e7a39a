package dev.tempera.cpu.libtorch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.tempera.backend.ReduceOp;
import dev.tempera.testkit.spec.ArgmaxSpec;
import dev.tempera.testkit.spec.ArgminSpec;
import dev.tempera.testkit.spec.CumulativeSumSpec;
import dev.tempera.testkit.spec.LogSoftmaxSpec;
import dev.tempera.testkit.spec.LogSumExpSpec;
import dev.tempera.testkit.spec.NormSpec;
import dev.tempera.testkit.spec.ProductSpec;
import dev.tempera.testkit.spec.SoftmaxSpec;
import dev.tempera.testkit.spec.StandardDeviationSpec;
import dev.tempera.testkit.spec.SumSpec;
import dev.tempera.testkit.spec.VarianceSpec;
import java.util.Arrays;
import java.util.List;

/** Operations along axes in libtorch. */
final class AxisTwins {
  private AxisTwins() {}

  /** All of them. */
  static List<TwinnedSpec<?>> all() {
    return List.of(
        TwinnedSpec.of(
            new ArgmaxSpec(), (p, in) -> JniUtils.argMax(in.get(0), p.axis(), p.keepsAxis())),
        TwinnedSpec.of(
            new ArgminSpec(), (p, in) -> JniUtils.argMin(in.get(0), p.axis(), p.keepsAxis())),
        TwinnedSpec.of(new CumulativeSumSpec(), (p, in) -> JniUtils.cumSum(in.get(0), p)),
        TwinnedSpec.of(
            new LogSoftmaxSpec(),
            (p, in) -> JniUtils.logSoftmax(in.get(0), p, in.get(0).getDataType())),
        TwinnedSpec.of(new LogSumExpSpec(), (p, in) -> logSumExp(p, in.get(0)))
            // Made of a maximum that wants elements and finite numbers.
            .where(
                sample ->
                    ElementwiseTwins.isOrdinary(sample) && sample.input(0).shape().size() > 0),
        TwinnedSpec.of(new NormSpec(), (p, in) -> norm(p, in.get(0)))
            // The Java binding reaches whole orders only.
            .where(sample -> sample.parameters().p() == Math.rint(sample.parameters().p()))
            .where(sample -> sample.smooth() || sample.parameters().p() == 2),
        TwinnedSpec.of(new ProductSpec(), (p, in) -> product(p, in.get(0))),
        TwinnedSpec.of(
            new SoftmaxSpec(), (p, in) -> JniUtils.softmax(in.get(0), p, in.get(0).getDataType())),
        TwinnedSpec.of(
                new StandardDeviationSpec(), (p, in) -> JniUtils.sqrt(variance(p, in.get(0))))
            // A square root has no slope at 0.
            .where(sample -> sample.smooth()),
        TwinnedSpec.of(new VarianceSpec(), (p, in) -> variance(p, in.get(0))));
  }

  /** The largest element, and the logarithm of the sum of what is left. */
  private static PtNDArray logSumExp(LogSumExpSpec.Parameters parameters, PtNDArray x) {
    PtNDArray largest = JniUtils.max(x, parameters.axis(), true);
    PtNDArray power = JniUtils.exp(JniUtils.sub(x, largest));
    PtNDArray sum = JniUtils.sum(power, new long[] {parameters.axis()}, true);
    PtNDArray y = JniUtils.add(JniUtils.log(sum), largest);
    return parameters.keepsAxis() ? y : JniUtils.squeeze(y, parameters.axis());
  }

  private static PtNDArray norm(NormSpec.Parameters parameters, PtNDArray x) {
    long[] axes = StructuredTwins.axes(parameters.axes(), x);
    if (Double.isInfinite(parameters.p())) {
      return JniUtils.max(JniUtils.abs(x));
    }
    int[] narrow = Arrays.stream(axes).mapToInt(Math::toIntExact).toArray();
    return JniUtils.norm(x, (int) parameters.p(), narrow, parameters.keepsAxes());
  }

  private static PtNDArray product(ProductSpec.Parameters parameters, PtNDArray x) {
    List<Long> axes =
        Arrays.stream(StructuredTwins.axes(parameters.axes(), x)).boxed().sorted().toList();
    PtNDArray y = x;
    for (long axis : axes.reversed()) {
      y = JniUtils.prod(y, axis, parameters.keepsAxes());
    }
    return y;
  }

  /** The sum of squares of what differs from the mean, over the number of elements. */
  private static PtNDArray variance(VarianceSpec.Parameters parameters, PtNDArray x) {
    List<Integer> axes = parameters.axes();
    PtNDArray mean = StructuredTwins.sum(new SumSpec.Parameters(ReduceOp.MEAN, true, axes), x);
    PtNDArray squares = JniUtils.square(JniUtils.sub(x, mean));
    PtNDArray sum =
        StructuredTwins.sum(
            new SumSpec.Parameters(ReduceOp.SUM, parameters.keepsAxes(), axes), squares);
    double count = (double) x.getShape().size() / Math.max(mean.getShape().size(), 1);
    return JniUtils.div(sum, ElementwiseTwins.filled(sum, count - parameters.correction()));
  }
}
