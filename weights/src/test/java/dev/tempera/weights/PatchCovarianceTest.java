package dev.tempera.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempera.backend.PaddingMode;
import dev.tempera.data.Philox;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchCovarianceTest {
  /** Against loops over every patch, on two images of different sizes. */
  @ParameterizedTest
  @CsvSource({"1000, 1", "20, 2", "5, 4"})
  void isThatOfThePatchesOnTheGrid(int patchesPerImage, int spacing) {
    int channels = 2;
    List<double[]> patches = new ArrayList<>();
    try (TensorScope _ = TensorScope.open("test")) {
      List<Tensor> images =
          List.of(
              image(11, 9, spacing, channels, patches), image(7, 13, spacing, channels, patches));
      PatchCovariance covariance = PatchCovariance.of(images, patchesPerImage);
      assertThat(covariance.patches()).isEqualTo(patches.size());
      assertThat(covariance.dimension()).isEqualTo(9 * channels);
      // Sums of up to 190 products of numbers of order 1, in float.
      assertThat(covariance.values()).containsExactly(covariance(patches), within(1e-5));
    }
  }

  /** A random image; its patches are added to the list. */
  private static Tensor image(
      int height, int width, int spacing, int channels, List<double[]> patches) {
    float[] pixels = new Philox(5, height).normal(channels * height * width);
    for (int y = 0; y < height; y += spacing) {
      for (int x = 0; x < width; x += spacing) {
        double[] patch = new double[9 * channels];
        for (int i = 0; i < patch.length; i++) {
          int row = PaddingMode.REFLECT.source(y + i % 9 / 3 - 1, height);
          int column = PaddingMode.REFLECT.source(x + i % 3 - 1, width);
          patch[i] = pixels[i / 9 * height * width + row * width + column];
        }
        patches.add(patch);
      }
    }
    return Tensor.of(pixels, 1, channels, height, width);
  }

  private static double[] covariance(List<double[]> patches) {
    int dimension = patches.get(0).length;
    double[] mean = new double[dimension];
    for (double[] patch : patches) {
      for (int i = 0; i < dimension; i++) {
        mean[i] += patch[i] / patches.size();
      }
    }
    double[] covariance = new double[dimension * dimension];
    for (double[] patch : patches) {
      for (int i = 0; i < covariance.length; i++) {
        int row = i / dimension;
        int column = i % dimension;
        covariance[i] += (patch[row] - mean[row]) * (patch[column] - mean[column]) / patches.size();
      }
    }
    return covariance;
  }
}
