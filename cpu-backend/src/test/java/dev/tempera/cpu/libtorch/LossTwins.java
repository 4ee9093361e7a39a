package dev.tempera.cpu.libtorch;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.tempera.op.LossReduction;
import dev.tempera.testkit.spec.BinaryCrossEntropySpec;
import dev.tempera.testkit.spec.CrossEntropySpec;
import dev.tempera.testkit.spec.L1LossSpec;
import dev.tempera.testkit.spec.LeastSquaresGanSpec;
import dev.tempera.testkit.spec.MaskedFillSpec;
import dev.tempera.testkit.spec.MeanSquaredErrorSpec;
import dev.tempera.testkit.spec.SmoothL1LossSpec;
import dev.tempera.testkit.spec.TruthSpec;
import java.util.List;

/**
 * Losses and bools in libtorch. Its Java binding has no losses; these are their definitions, and
 * the golden files hold what PyTorch's own give.
 */
final class LossTwins {
  private LossTwins() {}

  /** All of them. */
  static List<TwinnedSpec<?>> all() {
    return List.of(
        TwinnedSpec.of(
            new L1LossSpec(),
            (p, in) -> reduced(JniUtils.abs(JniUtils.sub(in.get(0), in.get(1))), p)),
        TwinnedSpec.of(
            new MeanSquaredErrorSpec(),
            (p, in) -> reduced(JniUtils.square(JniUtils.sub(in.get(0), in.get(1))), p)),
        TwinnedSpec.of(new SmoothL1LossSpec(), LossTwins::smoothL1),
        TwinnedSpec.of(new BinaryCrossEntropySpec(), LossTwins::binaryCrossEntropy),
        TwinnedSpec.of(new CrossEntropySpec(), LossTwins::crossEntropy),
        TwinnedSpec.of(
            new LeastSquaresGanSpec(),
            (real, in) ->
                JniUtils.mean(
                    JniUtils.square(JniUtils.sub(in.get(0), filled(in.get(0), real ? 1 : 0))))),
        TwinnedSpec.of(
            new MaskedFillSpec(),
            (value, in) -> JniUtils.where(in.get(1), filled(in.get(0), value), in.get(0))),
        // Over all axes; the Java binding reaches no others.
        TwinnedSpec.of(
                new TruthSpec(),
                (p, in) -> p.all() ? JniUtils.all(in.get(0)) : JniUtils.any(in.get(0)))
            .where(sample -> sample.parameters().axes().isEmpty()));
  }

  private static PtNDArray reduced(PtNDArray losses, LossReduction reduction) {
    return switch (reduction) {
      case NONE -> losses;
      case MEAN -> JniUtils.mean(losses);
      case SUM -> JniUtils.sum(losses);
    };
  }

  private static PtNDArray smoothL1(SmoothL1LossSpec.Parameters parameters, List<PtNDArray> in) {
    double beta = parameters.beta();
    PtNDArray difference = JniUtils.sub(in.get(0), in.get(1));
    PtNDArray magnitude = JniUtils.abs(difference);
    PtNDArray near = JniUtils.mul(JniUtils.square(difference), filled(difference, 0.5 / beta));
    PtNDArray far = JniUtils.sub(magnitude, filled(difference, beta / 2));
    PtNDArray isNear = JniUtils.lt(magnitude, filled(difference, beta));
    return reduced(JniUtils.where(isNear, near, far), parameters.reduction());
  }

  private static PtNDArray binaryCrossEntropy(LossReduction reduction, List<PtNDArray> in) {
    PtNDArray logits = in.get(0);
    PtNDArray target = in.get(1);
    PtNDArray weighted = in.size() == 2 ? target : JniUtils.mul(target, in.get(2));
    PtNDArray yes = JniUtils.mul(weighted, softplus(JniUtils.neg(logits)));
    PtNDArray no = JniUtils.mul(JniUtils.sub(filled(target, 1), target), softplus(logits));
    return reduced(JniUtils.add(yes, no), reduction);
  }

  private static PtNDArray crossEntropy(
      CrossEntropySpec.Parameters parameters, List<PtNDArray> in) {
    PtNDArray target = in.get(1);
    PtNDArray logarithms = JniUtils.logSoftmax(in.get(0), 1, in.get(0).getDataType());
    PtNDArray chosen;
    if (target.getDataType().isFloating()) {
      chosen = JniUtils.sum(JniUtils.mul(logarithms, target), new long[] {1}, false);
    } else {
      PtNDArray places = JniUtils.to(target, DataType.INT64, Device.cpu());
      PtNDArray picked = JniUtils.gather(logarithms, JniUtils.unsqueeze(places, 1), 1);
      chosen = JniUtils.squeeze(picked, 1);
    }
    double smoothing = parameters.smoothing();
    PtNDArray uniform = JniUtils.mean(logarithms, 1, false);
    PtNDArray mixed =
        JniUtils.add(
            JniUtils.mul(chosen, filled(chosen, 1 - smoothing)),
            JniUtils.mul(uniform, filled(uniform, smoothing)));
    return reduced(JniUtils.neg(mixed), parameters.reduction());
  }

  private static PtNDArray softplus(PtNDArray x) {
    PtNDArray tail = JniUtils.exp(JniUtils.neg(JniUtils.abs(x)));
    return JniUtils.add(JniUtils.relu(x), JniUtils.log(JniUtils.add(tail, filled(tail, 1))));
  }

  private static PtNDArray filled(PtNDArray like, double value) {
    return JniUtils.full(
        like.getManager(),
        like.getShape(),
        value,
        like.getDataType(),
        Device.cpu(),
        SparseFormat.DENSE);
  }
}
