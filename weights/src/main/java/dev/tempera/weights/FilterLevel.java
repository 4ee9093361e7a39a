package dev.tempera.weights;

/**
 * One level of a {@link FilterNet}: a 3×3 convolution with bias. Immutable.
 *
 * <p>The levels of a net are named as the first layers of VGG's blocks are: 1_1, 2_1, 3_1, 4_1.
 */
public final class FilterLevel {
  /** Rows, and columns, of a filter. */
  public static final int KERNEL_SIZE = 3;

  private final String name;
  private final int outputChannels;
  private final int inputChannels;
  private final float[] kernel;
  private final float[] bias;

  /**
   * A level.
   *
   * @param name block and place in it, such as {@code 2_1}
   * @param inputChannels channels of the level before, 3 for the first
   * @param kernel (Cout, Cin, 3, 3), row-major
   * @param bias (Cout)
   * @throws IllegalArgumentException if the kernel has not Cout × Cin × 9 elements
   */
  public FilterLevel(String name, int inputChannels, float[] kernel, float[] bias) {
    long expected = (long) bias.length * inputChannels * KERNEL_SIZE * KERNEL_SIZE;
    if (bias.length == 0 || inputChannels < 1 || kernel.length != expected) {
      throw new IllegalArgumentException(
          "level "
              + name
              + ": the kernel does not fit the bias\n  kernel  "
              + kernel.length
              + " numbers\n  bias    "
              + bias.length
              + "  (Cout)\n  rule    kernel.length = Cout × Cin × 3 × 3, here "
              + bias.length
              + " × "
              + inputChannels
              + " × 9");
    }
    this.name = name;
    this.outputChannels = bias.length;
    this.inputChannels = inputChannels;
    this.kernel = kernel.clone();
    this.bias = bias.clone();
  }

  /** Block and place in it, such as {@code 2_1}. */
  public String name() {
    return name;
  }

  /** Cout: how many filters there are. */
  public int outputChannels() {
    return outputChannels;
  }

  /** Cin: how many channels each filter sees. */
  public int inputChannels() {
    return inputChannels;
  }

  /** The filters, (Cout, Cin, 3, 3) in row-major order; a copy. */
  public float[] kernel() {
    return kernel.clone();
  }

  /** What is added to each filter's response, (Cout); a copy. */
  public float[] bias() {
    return bias.clone();
  }
}
