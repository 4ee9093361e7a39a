package dev.tempera.cpu.convolution;

import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import java.util.List;

/** The ways to convolve images, the fastest first. */
final class ConvolutionAlgorithms {
  private final List<ConvolutionAlgorithm> fastestFirst;

  /** Algorithms that work in this memory and on these threads. */
  ConvolutionAlgorithms(CpuMemory memory, Workers workers) {
    this.fastestFirst =
        List.of(
            new DepthwiseConvolution(memory, workers),
            new NarrowConvolution(memory, workers),
            new PackedConvolution(memory, workers));
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
