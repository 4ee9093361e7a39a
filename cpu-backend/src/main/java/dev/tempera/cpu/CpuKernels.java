package dev.tempera.cpu;

import dev.tempera.backend.Backend;
import dev.tempera.cpu.convolution.ConvolutionAlgorithms;
import dev.tempera.cpu.convolution.CpuConv2d;
import dev.tempera.cpu.convolution.CpuConv2dGradInput;
import dev.tempera.cpu.convolution.CpuConv2dGradWeight;
import dev.tempera.cpu.image.CpuAvgPool2d;
import dev.tempera.cpu.image.CpuMaxPool2d;
import dev.tempera.cpu.image.CpuPad2d;
import dev.tempera.cpu.image.CpuResample;
import dev.tempera.cpu.kernel.CpuArgmax;
import dev.tempera.cpu.kernel.CpuCopy;
import dev.tempera.cpu.kernel.CpuDoubleMatmul;
import dev.tempera.cpu.kernel.CpuElementwise;
import dev.tempera.cpu.kernel.CpuGram;
import dev.tempera.cpu.kernel.CpuIndex;
import dev.tempera.cpu.kernel.CpuInnerProduct;
import dev.tempera.cpu.kernel.CpuMatmul;
import dev.tempera.cpu.kernel.CpuOptimizer;
import dev.tempera.cpu.kernel.CpuRandom;
import dev.tempera.cpu.kernel.CpuReduce;
import dev.tempera.cpu.kernel.CpuScan;
import dev.tempera.cpu.kernel.CpuSoftmax;
import dev.tempera.cpu.kernel.CpuSort;
import dev.tempera.cpu.norm.CpuNorm;
import dev.tempera.cpu.norm.CpuNormGradient;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.data.DType;
import dev.tempera.data.View;
import dev.tempera.reference.ReferenceBackend;

/** The kernels of one backend, with the memory and the threads that they share. */
public final class CpuKernels {
  private final CpuMemory memory;
  private final Workers workers;
  private final Backend doubles = new ReferenceBackend();
  private final CpuCopy copy;
  private final CpuElementwise elementwise;
  private final CpuReduce reduce;
  private final CpuArgmax argmax;
  private final CpuOptimizer optimizer;
  private final CpuInnerProduct innerProduct;
  private final CpuMatmul matmul;
  private final CpuDoubleMatmul doubleMatmul;
  private final CpuGram gram;
  private final CpuConv2d conv2d;
  private final CpuConv2dGradInput conv2dGradInput;
  private final CpuConv2dGradWeight conv2dGradWeight;
  private final CpuMaxPool2d maxPool2d;
  private final CpuAvgPool2d avgPool2d;
  private final CpuNorm norm;
  private final CpuNormGradient normGradient;
  private final CpuResample resample;
  private final CpuPad2d pad2d;
  private final CpuIndex index;
  private final CpuScan scan;
  private final CpuSoftmax softmax;
  private final CpuSort sort;
  private final CpuRandom random;

  CpuKernels(CpuMemory memory, Workers workers, ConvolutionUse convolution) {
    this.memory = memory;
    this.workers = workers;
    copy = new CpuCopy(memory, workers);
    elementwise = new CpuElementwise(memory, workers, copy);
    reduce = new CpuReduce(memory, workers, copy);
    argmax = new CpuArgmax(memory, workers);
    optimizer = new CpuOptimizer(memory, workers, copy);
    innerProduct = new CpuInnerProduct(workers, copy, optimizer);
    matmul = new CpuMatmul(memory, workers);
    doubleMatmul = new CpuDoubleMatmul(memory, workers);
    gram = new CpuGram(memory, workers);
    ConvolutionAlgorithms algorithms =
        switch (convolution) {
          case FAST -> ConvolutionAlgorithms.all(memory, workers);
          case DIRECT -> ConvolutionAlgorithms.direct(memory, workers);
        };
    conv2d = new CpuConv2d(memory, workers, elementwise, algorithms);
    conv2dGradInput = new CpuConv2dGradInput(memory, workers, algorithms);
    conv2dGradWeight = new CpuConv2dGradWeight(memory, workers);
    maxPool2d = new CpuMaxPool2d(memory, workers);
    avgPool2d = new CpuAvgPool2d(memory, workers);
    norm = new CpuNorm(memory, workers, copy);
    normGradient = new CpuNormGradient(memory, workers, copy);
    resample = new CpuResample(memory, workers, copy);
    pad2d = new CpuPad2d(memory, workers, copy);
    index = new CpuIndex(memory, workers, copy);
    scan = new CpuScan(memory, workers, copy);
    softmax = new CpuSoftmax(memory, workers, copy);
    sort = new CpuSort(memory, workers);
    random = new CpuRandom(memory, workers);
  }

  static boolean isDouble(View x) {
    return x.dtype() == DType.FLOAT64;
  }

  CpuMemory memory() {
    return memory;
  }

  Workers workers() {
    return workers;
  }

  /** What computes in float64 where there is no kernel for it. */
  Backend doubles() {
    return doubles;
  }

  CpuCopy copy() {
    return copy;
  }

  CpuElementwise elementwise() {
    return elementwise;
  }

  CpuReduce reduce() {
    return reduce;
  }

  CpuArgmax argmax() {
    return argmax;
  }

  CpuOptimizer optimizer() {
    return optimizer;
  }

  CpuInnerProduct innerProduct() {
    return innerProduct;
  }

  CpuMatmul matmul() {
    return matmul;
  }

  CpuDoubleMatmul doubleMatmul() {
    return doubleMatmul;
  }

  CpuGram gram() {
    return gram;
  }

  CpuConv2d conv2d() {
    return conv2d;
  }

  CpuConv2dGradInput conv2dGradInput() {
    return conv2dGradInput;
  }

  CpuConv2dGradWeight conv2dGradWeight() {
    return conv2dGradWeight;
  }

  CpuMaxPool2d maxPool2d() {
    return maxPool2d;
  }

  CpuAvgPool2d avgPool2d() {
    return avgPool2d;
  }

  CpuNorm norm() {
    return norm;
  }

  CpuNormGradient normGradient() {
    return normGradient;
  }

  CpuResample resample() {
    return resample;
  }

  CpuPad2d pad2d() {
    return pad2d;
  }

  CpuIndex index() {
    return index;
  }

  CpuScan scan() {
    return scan;
  }

  CpuSoftmax softmax() {
    return softmax;
  }

  CpuSort sort() {
    return sort;
  }

  CpuRandom random() {
    return random;
  }
}
