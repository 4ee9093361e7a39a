package dev.tempera.backend;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;

/**
 * The geometry of a two-dimensional transposed convolution: that of the convolution whose input
 * gradient it is, and what that convolution leaves open about the size of its input.
 *
 * @param convolution stride, padding, dilation and groups; padding is taken away from the result
 * @param outputPaddingY rows added to the result below, less than the stride
 * @param outputPaddingX columns added to the result on the right, less than the stride
 */
public record ConvTranspose2dParams(
    Conv2dParams convolution, int outputPaddingY, int outputPaddingX) {
  /** Stride 1, no padding, no dilation, one group. */
  public static final ConvTranspose2dParams DEFAULT = of(Conv2dParams.DEFAULT);

  /**
   * Checks that the output padding chooses among the sizes that the convolution maps to one.
   *
   * @throws IllegalArgumentException if the padding is of another kind than zeros, or the output
   *     padding is negative or reaches the stride
   */
  public ConvTranspose2dParams {
    Padding padding = convolution.padding();
    if (!padding.isNone() && padding.mode() != PaddingMode.ZERO) {
      throw new IllegalArgumentException(
          "convTranspose2d: only zero padding can be taken away from the result\n  params  "
              + convolution
              + "\n  hint    slice the result, or pad the input with pad2d first");
    }
    if (!isBelow(outputPaddingY, convolution.strideY())
        || !isBelow(outputPaddingX, convolution.strideX())) {
      throw new IllegalArgumentException(
          "convTranspose2d: output padding reaches the stride\n  rule    0 ≤ output padding < "
              + "stride, here "
              + outputPaddingY
              + " and "
              + outputPaddingX
              + " at strides "
              + convolution.strideY()
              + " and "
              + convolution.strideX()
              + "\n  hint    more rows or columns than that are bias alone: use pad2d");
    }
  }

  private static boolean isBelow(int outputPadding, int stride) {
    return outputPadding >= 0 && (outputPadding < stride || outputPadding == 0);
  }

  /** The transpose of a convolution, of the smallest size that it maps to its input's. */
  public static ConvTranspose2dParams of(Conv2dParams convolution) {
    return new ConvTranspose2dParams(convolution, 0, 0);
  }

  /** The same with another output padding in both directions. */
  public ConvTranspose2dParams withOutputPadding(int pixels) {
    return new ConvTranspose2dParams(convolution, pixels, pixels);
  }

  /**
   * The shape of the result, (N, Cout, H′, W′), with H′ = (H − 1)·stride − top − bottom +
   * dilation·(kH − 1) + 1 + output padding.
   *
   * @param input (N, Cin, H, W)
   * @param weight (Cin, Cout/groups, kH, kW)
   * @throws ShapeException if the shapes do not fit each other or these parameters
   */
  public Shape outputShape(Shape input, Shape weight) {
    if (input.rank() != 4 || weight.rank() != 4) {
      throw mismatch(
          "input and weight need four axes",
          input,
          weight,
          "ranks are 4 and 4, here " + input.rank() + " and " + weight.rank(),
          "add a batch axis of length 1 with reshape");
    }
    int groups = convolution.groups();
    if (Math.min(convolution.strideY(), convolution.strideX()) < 1
        || Math.min(convolution.dilationY(), convolution.dilationX()) < 1
        || groups < 1) {
      throw mismatch(
          "stride, dilation and groups are at least 1", input, weight, "here " + this, "");
    }
    if (input.dim(1) != weight.dim(0)) {
      throw mismatch(
          "input has " + input.dim(1) + " channels, weight expects " + weight.dim(0),
          input,
          weight,
          "input.C = weight.Cin, here " + input.dim(1) + " ≠ " + weight.dim(0),
          "weights stored as for conv2d, (Cout, Cin, kH, kW)? use permute(1, 0, 2, 3)");
    }
    if (input.dim(1) % groups != 0) {
      throw mismatch(
          input.dim(1) + " input channels do not split into " + groups + " groups",
          input,
          weight,
          "input.C is a multiple of groups",
          "");
    }
    Padding padding = convolution.padding();
    long height =
        (input.dim(2) - 1L) * convolution.strideY()
            + convolution.dilationY() * (weight.dim(2) - 1L)
            + 1
            + outputPaddingY
            - padding.top()
            - padding.bottom();
    long width =
        (input.dim(3) - 1L) * convolution.strideX()
            + convolution.dilationX() * (weight.dim(3) - 1L)
            + 1
            + outputPaddingX
            - padding.left()
            - padding.right();
    requireSize(input, weight, height, width);
    int channels = Math.multiplyExact(weight.dim(1), groups);
    return Shape.of(input.dim(0), channels, (int) height, (int) width);
  }

  private void requireSize(Shape input, Shape weight, long height, long width) {
    Padding padding = convolution.padding();
    int least = Math.min(padding.top(), padding.bottom());
    if (Math.min(least, Math.min(padding.left(), padding.right())) < 0) {
      throw mismatch("negative padding", input, weight, "here " + padding, "");
    }
    if (input.dim(2) < 1 || input.dim(3) < 1 || weight.dim(2) < 1 || weight.dim(3) < 1) {
      throw mismatch("an image or kernel without pixels", input, weight, "H, W, kH, kW ≥ 1", "");
    }
    if (height < 1 || width < 1 || Math.max(height, width) > Integer.MAX_VALUE) {
      throw mismatch(
          "the result would be " + height + " × " + width + " pixels",
          input,
          weight,
          "1 ≤ (H − 1) × stride + dilation × (kH − 1) + 1 + output padding − padding < 2³¹",
          "padding is taken away from the result here");
    }
  }

  private static ShapeException mismatch(
      String what, Shape input, Shape weight, String rule, String hint) {
    return new ShapeException(
        "convTranspose2d: "
            + what
            + "\n  input   "
            + input
            + "  (N, Cin, H, W)\n  weight  "
            + weight
            + "  (Cin, Cout/groups, kH, kW)\n  rule    "
            + rule
            + (hint.isEmpty() ? "" : "\n  hint    " + hint));
  }
}
