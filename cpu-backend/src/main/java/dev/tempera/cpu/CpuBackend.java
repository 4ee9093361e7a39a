package dev.tempera.cpu;

import dev.tempera.backend.Backend;
import dev.tempera.backend.MemoryModel;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.Lanes;
import dev.tempera.data.Device;

/**
 * The backend for main processors: float32 on vector kernels and several threads. float64 has
 * kernels for elementwise functions, reductions and matrix products, and convolutions made of
 * those; the rest of it runs on the plain loops of the reference backend.
 */
public final class CpuBackend
    implements Backend,
        CpuElementwiseOps,
        CpuReduceOps,
        CpuMatmulOps,
        CpuConvOps,
        CpuPoolOps,
        CpuNormOps,
        CpuResampleOps,
        CpuIndexOps,
        CpuScanOps,
        CpuSoftmaxOps,
        CpuSortOps,
        CpuRandomOps,
        CpuOptimizerOps,
        CpuMemoryOps,
        AutoCloseable {
  private final CpuOptions options;
  private final Workers workers;
  private final CpuKernels kernels;

  /** Starts the backend and its threads. */
  public CpuBackend(CpuOptions options) {
    this(options, options.memory() == MemoryUse.LEAN ? CpuMemory.lean() : new CpuMemory());
  }

  /** Starts the backend on memory of its own kind. */
  CpuBackend(CpuOptions options, CpuMemory memory) {
    this.options = options;
    this.workers = new Workers(options.threads());
    this.kernels = new CpuKernels(memory, workers, options.convolution());
  }

  @Override
  public CpuKernels kernels() {
    return kernels;
  }

  @Override
  public MemoryModel memoryModel() {
    return new CpuMemoryModel(kernels);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Takes about a second of one processor and of Java's compiler threads, once in a process.
   */
  @Override
  public void warmUp() {
    CpuWarmUp.begin(options);
  }

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public Device device() {
    return Device.HOST;
  }

  @Override
  public String description() {
    return describe(options);
  }

  static String describe(CpuOptions options) {
    return System.getProperty("os.arch")
        + ", vectors of "
        + Lanes.BYTES * Byte.SIZE
        + " bits, "
        + options.threads()
        + (options.threads() == 1 ? " thread" : " threads")
        + (options.memory() == MemoryUse.LEAN ? ", lean memory" : "");
  }

  /** Ends the threads. Loops started later run in the calling thread alone. */
  @Override
  public void close() {
    workers.close();
  }
}
