package dev.tempera.op;

import dev.tempera.backend.NormGroups;
import dev.tempera.backend.NormParams;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Tensor;

/**
 * Adaptive instance normalisation (Huang and Belongie, 2017, equation 8): σ(s)·(x − μ(x))/σ(x) +
 * μ(s), each channel of the content with the mean and the deviation of the style's.
 */
public final class AdaptiveInstanceNorm {
  private static final String NAME = "adaptiveInstanceNorm";

  private AdaptiveInstanceNorm() {}

  /**
   * The content with the style's moments.
   *
   * @param content (N, C, …)
   * @param style (N, C, …) or (1, C, …), of any number of pixels
   * @throws ShapeException if the shapes do not fit
   */
  public static Tensor apply(Tensor content, Tensor style, NormParams params) {
    Normalization.requireChannels(NAME, content);
    Normalization.requireChannels(NAME, style);
    int channels = content.shape().dim(1);
    int images = style.shape().dim(0);
    if (style.shape().dim(1) != channels || (images != 1 && images != content.shape().dim(0))) {
      throw new ShapeException(
          NAME
              + ": the style does not fit the content\n  content "
              + content.shape()
              + "  (N, C, …)\n  style   "
              + style.shape()
              + "  (N or 1, C, …)\n  rule    equal channels, and one style or one for each image");
    }
    Shape flat = Normalization.channels(style.shape());
    if (flat.dim(2) < (params.unbiased() ? 2 : 1)) {
      throw new ShapeException(
          NAME + ": the style has too few pixels for a variance\n  style   " + style.shape());
    }
    Tensor pixels = Reshape.to(style, flat);
    Tensor mean = Sum.meanKeepingAxes(pixels, 2);
    Tensor squares = Sum.sum(pixels.subtract(mean).square(), 2);
    Tensor variance = squares.multiply(1.0 / params.divisor(flat.dim(2)));
    return withMoments(
        content,
        Reshape.to(mean, Shape.of(images, channels)),
        NormalizationRule.deviation(variance, params),
        params);
  }

  /**
   * The content with given moments, such as those that a net makes of a style code.
   *
   * @param content (N, C, …)
   * @param mean (N, C) or (1, C)
   * @param deviation of the mean's shape
   * @throws ShapeException if the shapes do not fit
   */
  public static Tensor withMoments(
      Tensor content, Tensor mean, Tensor deviation, NormParams params) {
    Normalization.requireChannels(NAME, content);
    Shape shape = content.shape();
    boolean isOne = mean.shape().rank() > 0 && mean.shape().dim(0) == 1;
    Shape expected = Shape.of(isOne ? 1 : shape.dim(0), shape.dim(1));
    Normalization.requireAffine(NAME, content, deviation, mean, expected, "(N or 1, C)");
    NormGroups groups = NormGroups.ofEachChannel(shape.dim(1), false);
    return Normalization.ofChannels(NAME, content, groups, params)
        .apply(content, deviation, mean, moments -> {});
  }
}
