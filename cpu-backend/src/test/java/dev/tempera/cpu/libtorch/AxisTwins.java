package dev.tempera.cpu.libtorch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.tempera.testkit.spec.LogSoftmaxSpec;
import dev.tempera.testkit.spec.LogSumExpSpec;
import dev.tempera.testkit.spec.SoftmaxSpec;
import java.util.List;

/** Operations along one axis in libtorch. */
final class AxisTwins {
  private AxisTwins() {}

  /** All of them. */
  static List<TwinnedSpec<?>> all() {
    return List.of(
        TwinnedSpec.of(
            new LogSoftmaxSpec(),
            (p, in) -> JniUtils.logSoftmax(in.get(0), p, in.get(0).getDataType())),
        TwinnedSpec.of(new LogSumExpSpec(), (p, in) -> logSumExp(p, in.get(0)))
            // Made of a maximum that wants elements and finite numbers.
            .where(
                sample ->
                    ElementwiseTwins.isOrdinary(sample) && sample.input(0).shape().size() > 0),
        TwinnedSpec.of(
            new SoftmaxSpec(), (p, in) -> JniUtils.softmax(in.get(0), p, in.get(0).getDataType())));
  }

  /** The largest element, and the logarithm of the sum of what is left. */
  private static PtNDArray logSumExp(LogSumExpSpec.Parameters parameters, PtNDArray x) {
    PtNDArray largest = JniUtils.max(x, parameters.axis(), true);
    PtNDArray power = JniUtils.exp(JniUtils.sub(x, largest));
    PtNDArray sum = JniUtils.sum(power, new long[] {parameters.axis()}, true);
    PtNDArray y = JniUtils.add(JniUtils.log(sum), largest);
    return parameters.keepsAxis() ? y : JniUtils.squeeze(y, parameters.axis());
  }
}
