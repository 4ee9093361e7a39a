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
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.spec.AdaptiveAvgPool2dSpec;
import dev.tempera.testkit.spec.AdaptiveMaxPool2dSpec;
import dev.tempera.testkit.spec.AvgPool2dSpec;
import dev.tempera.testkit.spec.DepthToSpaceSpec;
import dev.tempera.testkit.spec.MaxPool2dSpec;
import dev.tempera.testkit.spec.Pad2dSpec;
import dev.tempera.testkit.spec.Resample2dSpec;
import dev.tempera.testkit.spec.Resize2dSpec;
import dev.tempera.testkit.spec.SpaceToDepthSpec;
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
        TwinnedSpec.of(
                new AdaptiveAvgPool2dSpec(),
                (p, in) -> JniUtils.adaptiveAvgPool(in.get(0), new Shape(p.height(), p.width())))
            .where(ImageTwins::hasElements),
        TwinnedSpec.of(
                new AdaptiveMaxPool2dSpec(),
                (p, in) -> JniUtils.adaptiveMaxPool(in.get(0), new Shape(p.height(), p.width())))
            .where(ImageTwins::hasElements),
        TwinnedSpec.of(new DepthToSpaceSpec(), (p, in) -> depthToSpace(in.get(0), p)),
        TwinnedSpec.of(new SpaceToDepthSpec(), (p, in) -> spaceToDepth(in.get(0), p)),
        TwinnedSpec.of(new Pad2dSpec(), (p, in) -> zeroPadded(in.get(0), p))
            .where(sample -> isZero(sample.parameters())),
        TwinnedSpec.of(new Resample2dSpec(), (p, in) -> resample2d(p, in.get(0))),
        TwinnedSpec.of(new Resize2dSpec(), (p, in) -> resize2d(p, in.get(0)))
            // The Java binding always smooths, and takes sizes alone.
            .where(
                sample ->
                    sample.parameters().antialias()
                        && sample.parameters().target() == Resize2dSpec.Target.SIZE));
  }

  private static boolean hasElements(Sample<?> sample) {
    return sample.input(0).shape().size() > 0;
  }

  private static PtNDArray depthToSpace(PtNDArray x, long block) {
    Shape s = x.getShape();
    long channels = s.get(1) / (block * block);
    PtNDArray blocks =
        JniUtils.reshape(x, new long[] {s.get(0), channels, block, block, s.get(2), s.get(3)});
    return JniUtils.reshape(
        JniUtils.permute(blocks, new long[] {0, 1, 4, 2, 5, 3}),
        new long[] {s.get(0), channels, s.get(2) * block, s.get(3) * block});
  }

  private static PtNDArray spaceToDepth(PtNDArray x, long block) {
    Shape s = x.getShape();
    long height = s.get(2) / block;
    long width = s.get(3) / block;
    PtNDArray blocks =
        JniUtils.reshape(x, new long[] {s.get(0), s.get(1), height, block, width, block});
    return JniUtils.reshape(
        JniUtils.permute(blocks, new long[] {0, 1, 3, 5, 2, 4}),
        new long[] {s.get(0), s.get(1) * block * block, height, width});
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
    long[] size = {(long) parameters.height(), (long) parameters.width()};
    return JniUtils.interpolate(x, size, mode, false);
  }
}
