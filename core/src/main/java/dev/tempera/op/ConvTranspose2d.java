package dev.tempera.op;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.ConvTranspose2dParams;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Saved;
import dev.tempera.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Two-dimensional transposed convolution (Dumoulin and Visin, 2016, chapter 4): y[n, o, i·s + u·d,
 * j·s + v·d] += x[n, c, i, j]·w[c, o, u, v] for every tap, plus b[o], with the padding cut off. It
 * is the input gradient of a convolution with the same weight.
 *
 * <p>With frozen weights nothing is kept for the gradient.
 */
public final class ConvTranspose2d {
  private static final String NAME = "convTranspose2d";

  private ConvTranspose2d() {}

  /**
   * The transposed convolution.
   *
   * @param x (N, Cin, H, W)
   * @param weight (Cin, Cout/groups, kH, kW)
   * @param bias (Cout), or null
   * @return (N, Cout, H′, W′), see {@link ConvTranspose2dParams#outputShape}
   * @throws ShapeException if the shapes do not fit
   * @throws IllegalArgumentException if the element types differ
   */
  public static Tensor apply(
      Tensor x, Tensor weight, @Nullable Tensor bias, ConvTranspose2dParams params) {
    Recording recording =
        bias == null ? Recording.of(NAME, x, weight) : Recording.of(NAME, x, weight, bias);
    Shape shape = params.outputShape(x.shape(), weight.shape());
    OperandTypes.requireOne(
        NAME, x, new OperandTypes.Named("weight", weight), new OperandTypes.Named("bias", bias));
    if (bias != null && !bias.shape().equals(Shape.of(shape.dim(1)))) {
      throw new ShapeException(
          NAME
              + ": the bias does not fit the output channels\n  weight  "
              + weight.shape()
              + "  (Cin, Cout/groups, kH, kW)\n  bias    "
              + bias.shape()
              + "  (Cout)\n  rule    bias.length = weight.dim(1) × groups, here "
              + shape.dim(1));
    }
    Conv2dParams convolution = params.convolution();
    View y =
        recording
            .backend()
            .convTranspose2d(
                x.view(), weight.view(), bias == null ? null : bias.view(), convolution, shape);
    Saved keptInput = recording.save(x, recording.needs(1));
    Saved keptWeight = recording.save(weight, recording.needs(0));
    Shape weightShape = weight.shape();
    return recording.result(
        y,
        (gradient, into) -> {
          into.add(0, () -> Conv2d.apply(gradient, keptWeight.tensor(), null, convolution));
          into.add(
              1,
              () -> Conv2dGradWeight.apply(gradient, keptInput.tensor(), convolution, weightShape));
          if (bias != null) {
            into.add(2, () -> gradient.sum(0, 2, 3));
          }
        });
  }
}
