package dev.tempera.bench;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Conv2dEpilogue;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.cpu.CpuBackend;
import dev.tempera.cpu.CpuOptions;
import dev.tempera.cpu.simd.FmaPeak;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Philox;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Rates of matrix products, Gram matrices and the convolutions of VGG19, beside the rate at which
 * the processor can multiply and add at all, measured in the same run.
 *
 * <p>Arguments: threads (all processors), longest side in pixels of the image (512), repetitions
 * (15). Prints one line a case: median milliseconds, GFLOP/s, the measured peak of as many threads
 * and the share of it.
 */
public final class KernelRates {
  private static final int PEAK_ROUNDS = 2_000_000;

  /** Input channels, output channels, and by how much the image is smaller there. */
  private static final int[][] VGG_LAYERS = {
    {3, 64, 1},
    {64, 64, 1},
    {64, 128, 2},
    {128, 128, 2},
    {128, 256, 4},
    {256, 256, 4},
    {256, 512, 8},
    {512, 512, 8},
    {512, 512, 16}
  };

  private final Backend backend;
  private final double peak;
  private final int repetitions;

  private KernelRates(Backend backend, double peak, int repetitions) {
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
    try (CpuBackend backend = new CpuBackend(new CpuOptions(threads))) {
      System.out.printf("backend=\"%s\"%n", backend.description());
      KernelRates rates = new KernelRates(backend, peakRate(threads), repetitions);
      rates.products(size);
      for (int[] layer : VGG_LAYERS) {
        rates.convolution(layer[0], layer[1], size / layer[2]);
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

  private void convolution(int channels, int outputs, int size) {
    View x = random(Shape.of(1, channels, size, size), MemoryOrder.CHANNELS_LAST);
    View y = random(Shape.of(1, outputs, size, size), MemoryOrder.CHANNELS_LAST);
    View weight = random(Shape.of(outputs, channels, 3, 3), MemoryOrder.ROW_MAJOR);
    View bias = random(Shape.of(outputs), MemoryOrder.ROW_MAJOR);
    weight.storage().freeze();
    Conv2dParams params = Conv2dParams.DEFAULT.withPadding(1);
    Conv2dEpilogue epilogue = new Conv2dEpilogue(bias, true, false);
    String name = channels + "-" + outputs + "@" + size;
    double flops = 18.0 * channels * outputs * size * size;
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
      long start = System.nanoTime();
      View result = kernel.get();
      millis[i] = (System.nanoTime() - start) / 1e6;
      result.storage().release();
    }
    Arrays.sort(millis);
    double rate = flops / millis[repetitions / 2] / 1e6;
    System.out.printf(
        Locale.ROOT,
        "case=%s ours_ms=%.2f gflops=%.0f peak_gflops=%.0f share=%.2f%n",
        name,
        millis[repetitions / 2],
        rate,
        peak,
        rate / peak);
  }

  private View random(Shape shape, MemoryOrder order) {
    float[] values = new Philox(1, 0).uniform(Math.toIntExact(shape.size()));
    View row = backend.allocate(DType.FLOAT32, Shape.of(values.length), MemoryOrder.ROW_MAJOR);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_FLOAT, values);
      backend.upload(segment, row);
    }
    return View.dense(row.storage(), DType.FLOAT32, shape, order);
  }

  /** The best of several runs, all threads at once, in GFLOP/s. */
  private static double peakRate(int threads) {
    double best = 0;
    for (int run = 0; run < 30; run++) {
      long start = System.nanoTime();
      Thread[] helpers =
          IntStream.range(0, threads)
              .mapToObj(i -> Thread.ofPlatform().start(() -> keep(FmaPeak.run(PEAK_ROUNDS))))
              .toArray(Thread[]::new);
      for (Thread helper : helpers) {
        join(helper);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      best = Math.max(best, threads * FmaPeak.operations(PEAK_ROUNDS) / seconds / 1e9);
    }
    return best;
  }

  /** Uses a value, so that what led to it is computed. */
  private static void keep(float value) {
    if (Float.isNaN(value)) {
      throw new IllegalStateException("multiplying and adding halves gives numbers");
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
