package dev.tempera.cpu.libtorch;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.tempera.backend.AxisWeights;
import dev.tempera.backend.Padding;
import dev.tempera.backend.PaddingMode;
import dev.tempera.backend.Pool2dParams;
import dev.tempera.data.DType;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.spec.AvgPool2dSpec;
import dev.tempera.testkit.spec.MaxPool2dSpec;
import dev.tempera.testkit.spec.Pad2dSpec;
import dev.tempera.testkit.spec.Resample2dSpec;
import dev.tempera.testkit.spec.Resize2dSpec;
import java.util.List;

/** Pooling, padding and resizing in libtorch, as far as its Java binding reaches. */
final class ImageTwins {
  private ImageTwins() {}

  /** All of them. */
  static List<TwinnedSpec<?>> all() {
    return List.of(
        TwinnedSpec.of(
            new MaxPool2dSpec(),
            (p, in) -> JniUtils.maxPool(in.get(0), kernel(p), stride(p), padding(p), p.ceilMode())),
        TwinnedSpec.of(
                new AvgPool2dSpec(),
                (p, in) ->
                    JniUtils.avgPool(
                        in.get(0), kernel(p), stride(p), padding(p), p.ceilMode(), true))
            // The Java binding always counts padding.
            .where(sample -> sample.parameters().countPadding()),
        TwinnedSpec.of(new Pad2dSpec(), (p, in) -> zeroPadded(in.get(0), p))
            .where(sample -> isZero(sample.parameters())),
        TwinnedSpec.of(new Resample2dSpec(), (p, in) -> resample2d(p, in.get(0))),
        TwinnedSpec.of(new Resize2dSpec(), (p, in) -> resize2d(p, in.get(0)))
            // The Java binding always smooths.
            .where(sample -> sample.parameters().antialias()));
  }

  private static boolean isZero(Padding padding) {
    return padding.isNone() || padding.mode() == PaddingMode.ZERO;
  }

  private static PtNDArray zeroPadded(PtNDArray x, Padding padding) {
    long[] sides = {padding.left(), padding.right(), padding.top(), padding.bottom()};
    return JniUtils.pad(x, sides, 0);
  }

  private static Shape kernel(Pool2dParams params) {
    return new Shape(params.kernelY(), params.kernelX());
  }

  private static Shape stride(Pool2dParams params) {
    return new Shape(params.strideY(), params.strideX());
  }

  private static Shape padding(Pool2dParams params) {
    return new Shape(params.paddingY(), params.paddingX());
  }

  private static PtNDArray resample2d(Resample2dSpec.Parameters parameters, PtNDArray x) {
    PtNDArray rows = matrix(parameters.rows(), x);
    PtNDArray columns = matrix(parameters.columns(), x);
    return JniUtils.matmul(JniUtils.matmul(rows, x), JniUtils.transpose(columns, 0, 1));
  }

  private static PtNDArray matrix(AxisWeights weights, PtNDArray like) {
    double[] values = new double[weights.length() * weights.sourceLength()];
    for (int row = 0; row < weights.length(); row++) {
      for (int entry = weights.start(row); entry < weights.start(row + 1); entry++) {
        values[row * weights.sourceLength() + weights.source(entry)] += weights.weight(entry);
      }
    }
    Input matrix = Input.of(values, weights.length(), weights.sourceLength());
    DType dtype =
        like.getDataType() == Libtorch.type(DType.FLOAT32) ? DType.FLOAT32 : DType.FLOAT64;
    return Libtorch.array(like.getManager(), matrix, dtype);
  }

  private static PtNDArray resize2d(Resize2dSpec.Parameters parameters, PtNDArray x) {
    int mode =
        switch (parameters.interpolation()) {
          case NEAREST -> 0;
          case BILINEAR -> 2;
          case BICUBIC -> 3;
        };
    long[] size = {parameters.height(), parameters.width()};
    return JniUtils.interpolate(x, size, mode, false);
  }
}
