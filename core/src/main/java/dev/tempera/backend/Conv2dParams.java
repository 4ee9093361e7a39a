package dev.tempera.backend;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;

/**
 * The geometry of a two-dimensional convolution.
 *
 * @param strideY rows between neighbouring outputs
 * @param strideX columns between neighbouring outputs
 * @param padding what is added around the input first
 * @param dilationY rows between neighbouring taps of the kernel
 * @param dilationX columns between neighbouring taps of the kernel
 * @param groups channels are cut into this many groups that do not see each other
 */
public record Conv2dParams(
    int strideY, int strideX, Padding padding, int dilationY, int dilationX, int groups) {
  /** Stride 1, no padding, no dilation, one group. */
  public static final Conv2dParams DEFAULT = new Conv2dParams(1, 1, Padding.NONE, 1, 1, 1);

  /** The same with another stride in both directions. */
  public Conv2dParams withStride(int stride) {
    return new Conv2dParams(stride, stride, padding, dilationY, dilationX, groups);
  }

  /** The same with other padding. */
  public Conv2dParams withPadding(Padding other) {
    return new Conv2dParams(strideY, strideX, other, dilationY, dilationX, groups);
  }

  /** The same with zeros at every side. */
  public Conv2dParams withPadding(int pixels) {
    return withPadding(Padding.zero(pixels));
  }

  /** The same with another dilation in both directions. */
  public Conv2dParams withDilation(int dilation) {
    return new Conv2dParams(strideY, strideX, padding, dilation, dilation, groups);
  }

  /** The same with another number of groups. */
  public Conv2dParams withGroups(int count) {
    return new Conv2dParams(strideY, strideX, padding, dilationY, dilationX, count);
  }

  /**
   * The shape of the result, (N, Cout, H′, W′).
   *
   * @param input (N, C, H, W)
   * @param weight (Cout, Cin/groups, kH, kW)
   * @throws ShapeException if the shapes do not fit each other or these parameters
   */
  public Shape outputShape(Shape input, Shape weight) {
    return outputShape("conv2d", input, weight);
  }

  /**
   * The shape of the result, (N, Cout, H′, W′).
   *
   * @param op the operation's name, for the error
   * @param input (N, C, H, W)
   * @param weight (Cout, Cin/groups, kH, kW)
   * @throws ShapeException if the shapes do not fit each other or these parameters
   */
  public Shape outputShape(String op, Shape input, Shape weight) {
    if (input.rank() != 4 || weight.rank() != 4) {
      throw mismatch(
          op,
          "input and weight need four axes",
          input,
          weight,
          "ranks are 4 and 4, here " + input.rank() + " and " + weight.rank(),
          "add a batch axis of length 1 with reshape");
    }
    if (strideY < 1 || strideX < 1 || dilationY < 1 || dilationX < 1 || groups < 1) {
      throw mismatch(
          op, "stride, dilation and groups are at least 1", input, weight, "here " + this, "");
    }
    if (input.dim(1) != (long) weight.dim(1) * groups) {
      throw mismatch(
          op,
          "input has "
              + input.dim(1)
              + " channels, weight expects "
              + (long) weight.dim(1) * groups,
          input,
          weight,
          "input.C = weight.Cin × groups, here "
              + input.dim(1)
              + " ≠ "
              + weight.dim(1)
              + " × "
              + groups,
          "weights stored as (kH, kW, Cin, Cout)? use permute(3, 2, 0, 1)");
    }
    if (weight.dim(0) % groups != 0) {
      throw mismatch(
          op,
          weight.dim(0) + " output channels do not split into " + groups + " groups",
          input,
          weight,
          "weight.Cout is a multiple of groups",
          "");
    }
    Shape padded = padding.outputShape(op, input);
    int height = outputLength(padded.dim(2), weight.dim(2), strideY, dilationY);
    int width = outputLength(padded.dim(3), weight.dim(3), strideX, dilationX);
    if (height < 1 || width < 1 || weight.dim(2) < 1 || weight.dim(3) < 1) {
      throw mismatch(
          op,
          "the kernel is larger than the padded input",
          input,
          weight,
          "dilation × (k − 1) + 1 ≤ padded length, padded input is "
              + padded.dim(2)
              + " × "
              + padded.dim(3),
          "add padding or use a larger image");
    }
    return Shape.of(input.dim(0), weight.dim(0), height, width);
  }

  private static int outputLength(int padded, int kernel, int stride, int dilation) {
    long extent = dilation * (kernel - 1L) + 1;
    return padded < extent ? 0 : (int) Math.min((padded - extent) / stride + 1, padded);
  }

  private static ShapeException mismatch(
      String op, String what, Shape input, Shape weight, String rule, String hint) {
    return new ShapeException(
        op
            + ": "
            + what
            + "\n  input   "
            + input
            + "  (N, C, H, W)\n  weight  "
            + weight
            + "  (Cout, Cin/groups, kH, kW)\n  rule    "
            + rule
            + (hint.isEmpty() ? "" : "\n  hint    " + hint));
  }
}
