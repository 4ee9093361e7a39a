package dev.tempera.cpu.convolution;

import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import java.util.List;

/** Ways to convolve images. */
public final class ConvolutionAlgorithms {
  private final List<ConvolutionAlgorithm> fastestFirst;

  private ConvolutionAlgorithms(List<ConvolutionAlgorithm> fastestFirst) {
    this.fastestFirst = fastestFirst;
  }

  /** All ways, in this memory and on these threads. */
  public static ConvolutionAlgorithms all(CpuMemory memory, Workers workers) {
    return new ConvolutionAlgorithms(
        List.of(
            new DepthwiseConvolution(memory, workers),
            new NarrowConvolution(memory, workers),
            new ShallowConvolution(memory, workers),
            new WinogradConvolution(memory, workers),
            new PackedConvolution(memory, workers)));
  }

  /** Those that compute each result as the sum of products that the definition has. */
  public static ConvolutionAlgorithms direct(CpuMemory memory, Workers workers) {
    return new ConvolutionAlgorithms(
        List.of(
            new DepthwiseConvolution(memory, workers),
            new NarrowConvolution(memory, workers),
            new ShallowConvolution(memory, workers),
            new PackedConvolution(memory, workers)));
  }

  /** The fastest for these kernels along these axes. */
  ConvolutionAlgorithm of(PatchAxis rows, PatchAxis columns, KernelStack kernels) {
    for (ConvolutionAlgorithm algorithm : fastestFirst) {
      if (algorithm.suits(rows, columns, kernels)) {
        return algorithm;
      }
    }
    throw new IllegalStateException("the last algorithm suits all kernels");
  }
}
