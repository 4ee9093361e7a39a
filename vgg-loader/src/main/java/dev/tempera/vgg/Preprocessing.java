package dev.tempera.vgg;

/**
 * What a net's weights expect of its input: an affine map of each pixel's (R, G, B) in [0, 1], y =
 * M·rgb + b. It belongs to the weights.
 */
public final class Preprocessing {
  /** The pixel as it is. */
  public static final Preprocessing NONE = scaled(1, new double[3], new double[] {1, 1, 1});

  /** 255·BGR less the mean colour of ImageNet, as the VGG authors trained. */
  public static final Preprocessing CAFFE =
      new Preprocessing(
          new float[] {0, 0, 255, 0, 255, 0, 255, 0, 0},
          new float[] {-103.939f, -116.779f, -123.68f});

  /**
   * 255·RGB less the mean colour of ImageNet, for weights whose first kernels were turned to RGB.
   */
  public static final Preprocessing CAFFE_RGB =
      scaled(255, new double[] {123.68, 116.779, 103.939}, new double[] {1, 1, 1});

  /** (RGB − mean)/deviation with ImageNet's, as torchvision trains. */
  public static final Preprocessing TORCHVISION =
      scaled(1, new double[] {0.485, 0.456, 0.406}, new double[] {0.229, 0.224, 0.225});

  private final float[] matrix;
  private final float[] offset;

  /**
   * An affine map.
   *
   * @param matrix 3×3, row-major: output channel by (R, G, B)
   * @param offset three numbers
   */
  public Preprocessing(float[] matrix, float[] offset) {
    if (matrix.length != 9 || offset.length != 3) {
      throw new IllegalArgumentException(
          "preprocessing: needs a 3×3 matrix and 3 offsets, here "
              + matrix.length
              + " and "
              + offset.length
              + " numbers");
    }
    this.matrix = matrix.clone();
    this.offset = offset.clone();
  }

  /** (scale·RGB − mean)/deviation, channel by channel. */
  public static Preprocessing scaled(double scale, double[] mean, double[] deviation) {
    float[] matrix = new float[9];
    float[] offset = new float[3];
    for (int channel = 0; channel < 3; channel++) {
      matrix[4 * channel] = (float) (scale / deviation[channel]);
      offset[channel] = (float) (-mean[channel] / deviation[channel]);
    }
    return new Preprocessing(matrix, offset);
  }

  /** The matrix, 3×3 row-major; a copy. */
  public float[] matrix() {
    return matrix.clone();
  }

  /** The offsets; a copy. */
  public float[] offset() {
    return offset.clone();
  }
}
