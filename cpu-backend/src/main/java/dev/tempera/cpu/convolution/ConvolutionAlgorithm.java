package dev.tempera.cpu.convolution;

import dev.tempera.backend.KernelMemory;
import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/** A way to convolve images. */
interface ConvolutionAlgorithm {
  /** Whether it can convolve with these kernels along these axes. */
  boolean suits(PatchAxis rows, PatchAxis columns, KernelStack kernels);

  /** Whether it applies a mask of the images, with whole groups of bits for each pixel. */
  boolean appliesMasks();

  /** Whether it can add to what results hold already: {@link ImageSink.Activation#ADDITION}. */
  default boolean addsToResults() {
    return false;
  }

  /**
   * The memory that a run takes besides its result, but for a few rows of channels.
   *
   * @param images how many
   */
  KernelMemory memoryOf(int images, PatchAxis rows, PatchAxis columns, KernelStack kernels);

  /**
   * Convolves images: computes the outputs of two axes.
   *
   * @param rows which image rows the taps meet
   * @param columns which image columns the taps meet
   * @param kernels the weights of the taps of the axes
   * @param bias (Cout), or null
   * @param activation what is done to the sums
   * @param result (N, Cout, H, W) with channels side by side; written at the outputs of the axes
   */
  void run(
      ChannelsLastImage image,
      PatchAxis rows,
      PatchAxis columns,
      KernelStack kernels,
      @Nullable View bias,
      ImageSink.Activation activation,
      View result);
}
