package dev.tempera.vgg.mapping;

import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFileException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A batch normalisation after a convolution: y = (x − mean)/√(variance + ε)·gamma + beta, channel
 * by channel (Ioffe and Szegedy, 2015, algorithm 2), with the moments of training.
 *
 * @param gamma (Cout)
 * @param beta (Cout)
 * @param mean (Cout)
 * @param variance (Cout)
 */
public record BatchNormalization(
    TensorEntry gamma, TensorEntry beta, TensorEntry mean, TensorEntry variance) {
  /** What the usual frameworks add to the variance of VGG's normalisations. */
  private static final double EPSILON = 1e-5;

  /** The normalisation whose tensors have these names; empty where one is missing. */
  static Optional<BatchNormalization> find(
      WeightTable table, String gamma, String beta, String mean, String variance) {
    List<TensorEntry> found =
        Stream.of(gamma, beta, mean, variance).flatMap(name -> table.find(name).stream()).toList();
    return found.size() == 4
        ? Optional.of(
            new BatchNormalization(found.get(0), found.get(1), found.get(2), found.get(3)))
        : Optional.empty();
  }

  /**
   * Folds the normalisation into the convolution before it, in double.
   *
   * @param kernel (Cout, Cin, kH, kW), row-major; changed in place
   * @param bias (Cout); changed in place
   * @throws TensorFileException if the moments cannot be read
   */
  void foldInto(float[] kernel, float[] bias) throws TensorFileException {
    float[] scales = gamma.toFloats();
    float[] offsets = beta.toFloats();
    float[] means = mean.toFloats();
    float[] variances = variance.toFloats();
    int perFilter = kernel.length / bias.length;
    for (int filter = 0; filter < bias.length; filter++) {
      double scale = scales[filter] / Math.sqrt(variances[filter] + EPSILON);
      for (int i = filter * perFilter; i < (filter + 1) * perFilter; i++) {
        kernel[i] = (float) (kernel[i] * scale);
      }
      bias[filter] = (float) ((bias[filter] - (double) means[filter]) * scale + offsets[filter]);
    }
  }
}
