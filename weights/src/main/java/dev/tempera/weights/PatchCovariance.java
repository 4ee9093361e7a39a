package dev.tempera.weights;

import dev.tempera.backend.Padding;
import dev.tempera.backend.PaddingMode;
import dev.tempera.op.Concat;
import dev.tempera.op.Gram;
import dev.tempera.op.Pad2d;
import dev.tempera.op.Slice;
import dev.tempera.op.Sum;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;

/**
 * The covariance of the 3×3 patches of some images, which a convolution with one reflected pixel at
 * each side sees at the points of a square grid.
 */
final class PatchCovariance {
  private static final int TAPS = FilterLevel.KERNEL_SIZE * FilterLevel.KERNEL_SIZE;

  private final int dimension;
  private final double[] values;
  private final int patches;

  private PatchCovariance(int dimension, double[] values, int patches) {
    this.dimension = dimension;
    this.values = values;
    this.patches = patches;
  }

  /**
   * The covariance over the patches of all images, about their common mean. The grid's spacing in
   * an image of H × W pixels is max(1, ⌊√(H·W / patchesPerImage)⌋).
   *
   * @param images each (1, C, H, W) with the same C
   */
  static PatchCovariance of(List<Tensor> images, int patchesPerImage) {
    try (TensorScope _ = TensorScope.open("patches")) {
      List<Tensor> parts = new ArrayList<>();
      for (Tensor image : images) {
        parts.add(patches(image, patchesPerImage));
      }
      Tensor patches = Concat.apply(parts, 1);
      Tensor centred = patches.subtract(Sum.meanKeepingAxes(patches, 1));
      Tensor products = Gram.apply(centred.transpose());
      int count = patches.shape().dim(1);
      int dimension = patches.shape().dim(2);
      return new PatchCovariance(
          dimension, channelsFirst(products.toFloats(), dimension, count), count);
    }
  }

  /** The patches as (1, patches, 9·C), each with its taps one after another. */
  private static Tensor patches(Tensor image, int patchesPerImage) {
    int channels = image.shape().dim(1);
    int height = image.shape().dim(2);
    int width = image.shape().dim(3);
    int spacing = Math.max(1, (int) Math.sqrt((double) height * width / patchesPerImage));
    Tensor padded = Pad2d.apply(image, Padding.of(1, PaddingMode.REFLECT));
    List<Tensor> taps = new ArrayList<>();
    for (int tap = 0; tap < TAPS; tap++) {
      int top = tap / FilterLevel.KERNEL_SIZE;
      int left = tap % FilterLevel.KERNEL_SIZE;
      Tensor rows = Slice.apply(padded, 2, top, top + height, spacing);
      taps.add(Slice.apply(rows, 3, left, left + width, spacing).permute(0, 2, 3, 1));
    }
    return Concat.apply(taps, 3).reshape(1, -1, TAPS * channels);
  }

  /** Sums of products as covariances, from the order (tap, channel) to (channel, tap). */
  private static double[] channelsFirst(float[] products, int dimension, int count) {
    int[] source = new int[dimension];
    int channels = dimension / TAPS;
    for (int i = 0; i < dimension; i++) {
      source[i] = i % TAPS * channels + i / TAPS;
    }
    double[] values = new double[dimension * dimension];
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j < dimension; j++) {
        values[i * dimension + j] = (double) products[source[i] * dimension + source[j]] / count;
      }
    }
    return values;
  }

  /** Numbers in a patch, 9·C. */
  int dimension() {
    return dimension;
  }

  /** The matrix, row-major; rows and columns run over the channels and in each over its 9 taps. */
  double[] values() {
    return values;
  }

  /** How many patches it was computed from. */
  int patches() {
    return patches;
  }
}
