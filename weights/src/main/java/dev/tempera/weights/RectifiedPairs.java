package dev.tempera.weights;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.Padding;
import dev.tempera.backend.PaddingMode;
import dev.tempera.op.Conv2d;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Filters and their negatives, brought to a common scale over the images they are learned from.
 *
 * <p>With μ and σ the mean and standard deviation of a filter's response over all positions of all
 * images, the response is shifted and scaled to mean 0 and deviation 1, and after max(·, 0) scaled
 * once more by 1/(root mean square + 0.001). A σ below a floor counts as the floor, so that a
 * direction in which the images hardly vary stays quiet.
 */
final class RectifiedPairs {
  private static final Conv2dParams GEOMETRY =
      Conv2dParams.DEFAULT.withPadding(Padding.of(1, PaddingMode.REFLECT));
  private static final double LEAST_DEVIATION = 0.1;
  private static final double LEAST_ROOT_MEAN_SQUARE = 0.001;

  private final int inputChannels;
  private final float[] kernel;
  private final float[] bias;

  private RectifiedPairs(int inputChannels, float[] kernel, float[] bias) {
    this.inputChannels = inputChannels;
    this.kernel = kernel;
    this.bias = bias;
  }

  /**
   * Pairs of filters from their positive halves.
   *
   * @param filters each (C, 3, 3), row-major
   * @param images each (1, C, H, W)
   */
  static RectifiedPairs of(double[][] filters, List<Tensor> images) {
    int channels = images.get(0).shape().dim(1);
    float[] halves = new float[filters.length * filters[0].length];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = (float) filters[i / filters[0].length][i % filters[0].length];
    }
    double[] means =
        channelMeans(
            images, image -> Conv2d.apply(image, tensor(halves, channels), null, GEOMETRY));
    RectifiedPairs centred = centred(halves, means, channels);
    double[] squares = channelMeans(images, image -> centred.apply(image).square());
    return centred.scaled(squares);
  }

  /** Pairs that differ in sign, with the biases that take the means away. */
  private static RectifiedPairs centred(float[] halves, double[] means, int channels) {
    float[] kernel = new float[2 * halves.length];
    float[] bias = new float[2 * means.length];
    for (int i = 0; i < halves.length; i++) {
      kernel[i] = halves[i];
      kernel[halves.length + i] = -halves[i];
    }
    for (int i = 0; i < means.length; i++) {
      bias[i] = (float) -means[i];
      bias[means.length + i] = (float) means[i];
    }
    return new RectifiedPairs(channels, kernel, bias);
  }

  /** The mean of each channel of some function of the images, over all positions of all images. */
  private static double[] channelMeans(List<Tensor> images, UnaryOperator<Tensor> function) {
    double[] sums = new double[0];
    long positions = 0;
    for (Tensor image : images) {
      try (TensorScope _ = TensorScope.open("responses")) {
        Tensor responses = function.apply(image);
        long area = (long) responses.shape().dim(2) * responses.shape().dim(3);
        double[] means = responses.mean(0, 2, 3).toDoubles();
        sums = positions == 0 ? new double[means.length] : sums;
        for (int i = 0; i < means.length; i++) {
          sums[i] += means[i] * area;
        }
        positions += area;
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= positions;
    }
    return sums;
  }

  /**
   * The pairs with each filter scaled.
   *
   * @param squares the mean squares of what the filters give now
   */
  private RectifiedPairs scaled(double[] squares) {
    int count = squares.length;
    float[] scaledKernel = kernel.clone();
    float[] scaledBias = bias.clone();
    int length = kernel.length / count;
    for (int i = 0; i < count; i++) {
      double scale = scale(squares[i], squares[(i + count / 2) % count]);
      scaledBias[i] = (float) (bias[i] * scale);
      for (int j = i * length; j < (i + 1) * length; j++) {
        scaledKernel[j] = (float) (kernel[j] * scale);
      }
    }
    return new RectifiedPairs(inputChannels, scaledKernel, scaledBias);
  }

  /**
   * What a filter is multiplied by.
   *
   * @param square the mean square of its rectified response
   * @param opposite that of its negative; the two add up to the variance of the response
   */
  private static double scale(double square, double opposite) {
    double deviation = Math.sqrt(square + opposite);
    double floored = Math.max(deviation, LEAST_DEVIATION);
    double symmetric = Math.sqrt(0.5) * (1 - deviation / floored);
    return 1 / floored / (Math.sqrt(square) / floored + symmetric + LEAST_ROOT_MEAN_SQUARE);
  }

  /**
   * The rectified responses at every position.
   *
   * @param image (1, C, H, W)
   * @return (1, Cout, H, W)
   */
  Tensor apply(Tensor image) {
    Tensor offsets = Tensor.of(bias, bias.length);
    return Conv2d.applyRelu(image, tensor(kernel, inputChannels), offsets, GEOMETRY);
  }

  private static Tensor tensor(float[] kernel, int inputChannels) {
    int size = FilterLevel.KERNEL_SIZE;
    int count = kernel.length / (inputChannels * size * size);
    return Tensor.of(kernel, count, inputChannels, size, size);
  }

  /** These filters as a level of a net. */
  FilterLevel level(String name) {
    return new FilterLevel(name, inputChannels, kernel, bias);
  }
}
