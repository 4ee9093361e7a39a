package dev.tempera.cpu.libtorch;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.Padding;
import dev.tempera.backend.PaddingMode;
import dev.tempera.testkit.spec.Conv2dGradInputSpec;
import dev.tempera.testkit.spec.Conv2dGradWeightSpec;
import dev.tempera.testkit.spec.Conv2dSpec;
import dev.tempera.testkit.spec.ConvTranspose2dSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions in libtorch. Its Java binding has the forward convolution alone: gradients and
 * transposes are convolutions of rearranged operands there.
 */
final class ConvolutionTwins {
  private ConvolutionTwins() {}

  /** All of them. */
  static List<TwinnedSpec<?>> all() {
    return List.of(
        TwinnedSpec.of(new Conv2dSpec(), ConvolutionTwins::conv2d)
            .where(sample -> isZero(sample.parameters().geometry().padding())),
        TwinnedSpec.of(
                new Conv2dGradInputSpec(),
                (p, in) ->
                    transposed(
                        in.get(0),
                        in.get(1),
                        null,
                        p.geometry(),
                        p.inputShape().dim(2),
                        p.inputShape().dim(3)))
            .where(sample -> isZero(sample.parameters().geometry().padding())),
        TwinnedSpec.of(
                new Conv2dGradWeightSpec(),
                (p, in) -> gradWeight(in.get(0), in.get(1), p.geometry(), p.weightShape()))
            .where(sample -> isZero(sample.parameters().geometry().padding()))
            // Images are its channels here, and there must be one.
            .where(sample -> sample.input(0).shape().size() > 0),
        TwinnedSpec.of(
            new ConvTranspose2dSpec(),
            (p, in) -> {
              dev.tempera.data.Shape output =
                  p.outputShape(Libtorch.shape(in.get(0)), Libtorch.shape(in.get(1)));
              PtNDArray bias = in.size() > 2 ? in.get(2) : null;
              return transposed(
                  in.get(0), in.get(1), bias, p.convolution(), output.dim(2), output.dim(3));
            }));
  }

  private static boolean isZero(Padding padding) {
    return padding.isNone() || padding.mode() == PaddingMode.ZERO;
  }

  private static PtNDArray conv2d(Conv2dSpec.Parameters parameters, List<PtNDArray> in) {
    Conv2dParams geometry = parameters.geometry();
    Padding padding = geometry.padding();
    long[] sides = {padding.left(), padding.right(), padding.top(), padding.bottom()};
    PtNDArray y =
        JniUtils.convolution(
            JniUtils.pad(in.get(0), sides, 0),
            in.get(1),
            in.size() > 2 ? in.get(2) : null,
            new Shape(geometry.strideY(), geometry.strideX()),
            new Shape(0, 0),
            new Shape(geometry.dilationY(), geometry.dilationX()),
            geometry.groups());
    return parameters.relu() ? JniUtils.relu(y) : y;
  }

  /** A convolution of the image, spread by the stride, with the weight turned round. */
  private static PtNDArray transposed(
      PtNDArray x,
      PtNDArray weight,
      @Nullable PtNDArray bias,
      Conv2dParams params,
      int height,
      int width) {
    Shape image = x.getShape();
    Shape kernel = weight.getShape();
    long strideY = params.strideY();
    long strideX = params.strideX();
    PtNDArray apart =
        JniUtils.reshape(
            x, new long[] {image.get(0), image.get(1), image.get(2), 1, image.get(3), 1});
    apart = JniUtils.pad(apart, new long[] {0, strideX - 1, 0, 0, 0, strideY - 1}, 0);
    long rows = image.get(2) * strideY;
    long columns = image.get(3) * strideX;
    PtNDArray spread =
        JniUtils.reshape(apart, new long[] {image.get(0), image.get(1), rows, columns});
    long reachY = params.dilationY() * (kernel.get(2) - 1);
    long reachX = params.dilationX() * (kernel.get(3) - 1);
    long top = reachY - params.padding().top();
    long left = reachX - params.padding().left();
    long[] sides = {left, width + reachX - columns - left, top, height + reachY - rows - top};
    return JniUtils.convolution(
        JniUtils.pad(spread, sides, 0),
        turned(weight, params.groups()),
        bias,
        new Shape(1, 1),
        new Shape(0, 0),
        new Shape(params.dilationY(), params.dilationX()),
        params.groups());
  }

  /** (Cin, Cout/groups, kH, kW) as (Cout, Cin/groups, kH, kW), rows and columns reversed. */
  private static PtNDArray turned(PtNDArray weight, int groups) {
    Shape s = weight.getShape();
    long inputs = s.get(0) / groups;
    PtNDArray grouped =
        JniUtils.reshape(weight, new long[] {groups, inputs, s.get(1), s.get(2), s.get(3)});
    PtNDArray exchanged = JniUtils.transpose(grouped, 1, 2);
    PtNDArray flat =
        JniUtils.reshape(exchanged, new long[] {groups * s.get(1), inputs, s.get(2), s.get(3)});
    return JniUtils.flip(flat, new long[] {2, 3});
  }

  /** A convolution of the channels, as images, with the gradient as kernels, group by group. */
  private static PtNDArray gradWeight(
      PtNDArray x, PtNDArray gradient, Conv2dParams params, dev.tempera.data.Shape weight) {
    Padding padding = params.padding();
    long[] sides = {padding.left(), padding.right(), padding.top(), padding.bottom()};
    PtNDArray image = JniUtils.transpose(JniUtils.pad(x, sides, 0), 0, 1);
    PtNDArray kernels = JniUtils.transpose(gradient, 0, 1);
    int groups = params.groups();
    int outputs = weight.dim(0) / groups;
    PtNDArray[] parts = new PtNDArray[groups];
    for (int group = 0; group < groups; group++) {
      long channel = (long) group * weight.dim(1);
      long output = (long) group * outputs;
      PtNDArray part =
          JniUtils.convolution(
              JniUtils.slice(image, 0, channel, channel + weight.dim(1), 1),
              JniUtils.slice(kernels, 0, output, output + outputs, 1),
              null,
              new Shape(params.dilationY(), params.dilationX()),
              new Shape(0, 0),
              new Shape(params.strideY(), params.strideX()),
              1);
      part = JniUtils.slice(JniUtils.slice(part, 2, 0, weight.dim(2), 1), 3, 0, weight.dim(3), 1);
      parts[group] = JniUtils.transpose(part, 0, 1);
    }
    return JniUtils.cat(parts, 0);
  }
}
