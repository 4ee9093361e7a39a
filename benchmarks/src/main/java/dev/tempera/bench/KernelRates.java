package dev.tempera.bench;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Conv2dEpilogue;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.bench.machine.PeakRate;
import dev.tempera.bench.work.Convolution;
import dev.tempera.bench.work.VggConvolution;
import dev.tempera.cpu.CpuBackend;
import dev.tempera.cpu.CpuOptions;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Rates of matrix products, Gram matrices and the convolutions of VGG19, beside the rate at which
 * the processor can multiply and add at all, measured in the same run.
 *
 * <p>Arguments: threads (all processors), longest side in pixels of the image (512), repetitions
 * (15). Prints one line a case: median milliseconds, GFLOP/s, the measured peak of as many threads
 * and the share of it.
 */
public final class KernelRates {
  private final Backend backend;
  private final PeakRate peak;
  private final int repetitions;

  private KernelRates(Backend backend, PeakRate peak, int repetitions) {
    this.backend = backend;
    this.peak = peak;
    this.repetitions = repetitions;
  }

  /** Runs and prints. */
  public static void main(String[] arguments) {
    int threads =
        arguments.length > 0
            ? Integer.parseInt(arguments[0])
            : Runtime.getRuntime().availableProcessors();
    int size = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 512;
    int repetitions = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 15;
    try (CpuBackend backend =
            new CpuBackend(CpuOptions.fromSystemProperties().withThreads(threads));
        PeakRate peak = new PeakRate(threads)) {
      System.out.printf("backend=\"%s\"%n", backend.description());
      KernelRates rates = new KernelRates(backend, peak, repetitions);
      rates.products(size);
      for (VggConvolution layer : VggConvolution.all()) {
        rates.convolution(layer.at(size, Convolution.Direction.FORWARD));
      }
    }
  }

  private void products(int size) {
    View a = random(Shape.of(1, 1024, 1024), MemoryOrder.ROW_MAJOR);
    double flops = 2.0 * 1024 * 1024 * 1024;
    measure("matmul-1024", flops, () -> backend.matmul(a, a));
    measure("matmul-1024-transposed-left", flops, () -> backend.matmul(a.transposed(), a));
    measure("matmul-1024-transposed-right", flops, () -> backend.matmul(a, a.transposed()));
    for (int[] gram : new int[][] {{64, size * size}, {512, size / 8 * (size / 8)}}) {
      View features = random(Shape.of(1, gram[1], gram[0]), MemoryOrder.ROW_MAJOR);
      String name = "gram-" + gram[0] + "x" + gram[1];
      double products = (double) gram[0] * (gram[0] + 1) * gram[1];
      measure(name, products, () -> backend.gram(features.transposed()));
      features.storage().release();
    }
  }

  private void convolution(Convolution convolution) {
    Shape output = convolution.imageShape().with(1, convolution.outputChannels());
    View x = random(convolution.imageShape(), MemoryOrder.CHANNELS_LAST);
    View y = random(output, MemoryOrder.CHANNELS_LAST);
    View weight = random(convolution.weightShape(), MemoryOrder.ROW_MAJOR);
    View bias = random(Shape.of(convolution.outputChannels()), MemoryOrder.ROW_MAJOR);
    weight.storage().freeze();
    Conv2dParams params = convolution.params();
    Conv2dEpilogue epilogue = new Conv2dEpilogue(bias, true, false);
    String name = convolution.shape();
    double flops = convolution.operations();
    measure("conv2d-" + name, flops, () -> backend.conv2d(x, weight, params, epilogue).value());
    measure(
        "conv2dGradInput-" + name,
        flops,
        () -> backend.conv2dGradInput(y, null, weight, params, x.shape()));
    measure(
        "conv2dGradWeight-" + name,
        flops,
        () -> backend.conv2dGradWeight(x, y, params, weight.shape()));
    for (View view : new View[] {x, y, weight, bias}) {
      view.storage().release();
    }
  }

  private void measure(String name, double flops, Supplier<View> kernel) {
    double[] millis = new double[repetitions];
    kernel.get().storage().release();
    for (int i = 0; i < repetitions; i++) {
      peak.measure();
      long start = System.nanoTime();
      View result = kernel.get();
      millis[i] = (System.nanoTime() - start) / 1e6;
      result.storage().release();
    }
    Arrays.sort(millis);
    double rate = flops / millis[repetitions / 2] / 1e6;
    double peakRate = peak.median(repetitions);
    System.out.printf(
        Locale.ROOT,
        "case=%s ours_ms=%.2f gflops=%.0f peak_gflops=%.0f share=%.2f%n",
        name,
        millis[repetitions / 2],
        rate,
        peakRate,
        rate / peakRate);
  }

  private View random(Shape shape, MemoryOrder order) {
    return Tensors.random(backend, 1, order, shape);
  }
}
