package dev.tempera.bench;

import dev.tempera.backend.AdamMoments;
import dev.tempera.backend.AdamParams;
import dev.tempera.backend.BinaryOp;
import dev.tempera.backend.ReduceOp;
import dev.tempera.backend.UnaryOp;
import dev.tempera.bench.machine.StreamCopy;
import dev.tempera.cpu.CpuBackend;
import dev.tempera.cpu.CpuOptions;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.util.Arrays;
import java.util.Locale;

/**
 * How much of the machine's copy bandwidth kernels use that do little beside moving memory.
 *
 * <p>Arguments: threads (all processors), elements (16 Mi), repetitions (15). Each repetition times
 * a copy of as many elements by as many threads, and then each kernel once, so that all meet the
 * same machine. Bytes are counted as STREAM counts them (McCalpin, 1995): what a kernel reads and
 * what it writes, each once. Prints one line a case with medians and the share of the copy's rate.
 */
public final class BandwidthRates {
  private final CpuBackend backend;
  private final int elements;
  private final View[] operands;

  private BandwidthRates(CpuBackend backend, int elements) {
    this.backend = backend;
    this.elements = elements;
    this.operands = new View[4];
    for (int i = 0; i < operands.length; i++) {
      operands[i] = backend.filled(DType.FLOAT32, Shape.of(elements), 0.25 * (i + 1));
    }
  }

  /**
   * One kernel.
   *
   * @param name as printed
   * @param arrays how many arrays of all elements are read or written, each once
   * @param work runs the kernel once
   */
  private record Kernel(String name, double arrays, Runnable work) {}

  /** Runs and prints. */
  public static void main(String[] arguments) {
    int threads =
        arguments.length > 0
            ? Integer.parseInt(arguments[0])
            : Runtime.getRuntime().availableProcessors();
    int elements = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1 << 24;
    int repetitions = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 15;
    try (CpuBackend backend = new CpuBackend(new CpuOptions(threads))) {
      System.out.printf("backend=\"%s\" elements=%d%n", backend.description(), elements);
      new BandwidthRates(backend, elements).run(threads, repetitions);
    }
  }

  private void run(int threads, int repetitions) {
    Kernel[] kernels = kernels();
    double[][] seconds = new double[kernels.length + 1][repetitions];
    try (StreamCopy copy = new StreamCopy(threads, elements)) {
      for (int i = -2; i < repetitions; i++) {
        double copied = time(copy::run);
        for (int k = 0; k < kernels.length; k++) {
          double taken = time(kernels[k].work());
          if (i >= 0) {
            seconds[k][i] = taken;
          }
        }
        if (i >= 0) {
          seconds[kernels.length][i] = copied;
        }
      }
    }
    double copyRate = rate(2, seconds[kernels.length]);
    System.out.printf(Locale.ROOT, "case=copy gigabytes_per_second=%.1f%n", copyRate);
    for (int k = 0; k < kernels.length; k++) {
      double rate = rate(kernels[k].arrays(), seconds[k]);
      System.out.printf(
          Locale.ROOT,
          "case=%s ours_ms=%.2f gigabytes_per_second=%.1f share=%.2f%n",
          kernels[k].name(),
          median(seconds[k]) * 1e3,
          rate,
          rate / copyRate);
    }
  }

  private Kernel[] kernels() {
    View x = operands[0];
    View matrix = View.dense(x.storage(), x.dtype(), rows(), MemoryOrder.ROW_MAJOR);
    AdamParams adam = AdamParams.withLearningRate(1e-3);
    AdamMoments<View> moments = new AdamMoments<>(operands[2], operands[3], null);
    return new Kernel[] {
      new Kernel("add", 3, () -> release(backend.binary(BinaryOp.ADD, x, operands[1]))),
      new Kernel("multiply", 3, () -> release(backend.binary(BinaryOp.MULTIPLY, x, operands[1]))),
      new Kernel("multiplyScalar", 2, () -> release(unary(UnaryOp.MULTIPLY_SCALAR))),
      new Kernel("square", 2, () -> release(unary(UnaryOp.SQUARE))),
      new Kernel("squareRoot", 2, () -> release(unary(UnaryOp.SQUARE_ROOT))),
      new Kernel("exp", 2, () -> release(unary(UnaryOp.EXP))),
      new Kernel("tanh", 2, () -> release(unary(UnaryOp.TANH))),
      new Kernel("sigmoid", 2, () -> release(unary(UnaryOp.SIGMOID))),
      new Kernel("relu", 2, () -> release(backend.relu(x, false).value())),
      new Kernel("sum", 1, () -> release(backend.reduce(ReduceOp.SUM, x, new int[] {0}))),
      new Kernel("max", 1, () -> release(backend.reduce(ReduceOp.MAX, x, new int[] {0}))),
      new Kernel("mean-of-rows", 1, () -> release(mean(matrix, 1))),
      new Kernel("mean-of-columns", 1, () -> release(mean(matrix, 0))),
      new Kernel("addScaled", 3, () -> backend.addScaled(operands[2], x, 1e-9)),
      new Kernel("adamStep", 7, () -> backend.adamStep(operands[1], x, moments, adam, 10)),
      new Kernel("dot", 2, () -> backend.dot(x, operands[1])),
      new Kernel("addScaledDot", 4, () -> backend.addScaledDot(operands[2], x, 1e-9, operands[1])),
    };
  }

  private Shape rows() {
    int columns = Math.max(1, Math.min(elements, 4096));
    return Shape.of(elements / columns, columns);
  }

  private View unary(UnaryOp op) {
    return backend.unary(op, operands[0], 1.5, 0);
  }

  private View mean(View matrix, int axis) {
    return backend.reduce(ReduceOp.MEAN, matrix, new int[] {axis});
  }

  private static void release(View result) {
    result.storage().release();
  }

  private static double time(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  /** Of so many arrays in the median time, in GB/s. */
  private double rate(double arrays, double[] seconds) {
    return arrays * elements * Float.BYTES / median(seconds) / 1e9;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
