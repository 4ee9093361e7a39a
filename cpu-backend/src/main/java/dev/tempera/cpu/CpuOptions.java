package dev.tempera.cpu;

import dev.tempera.backend.BackendException;

/**
 * How the CPU backend is set up.
 *
 * @param threads how many threads share the work, the calling one included; results do not depend
 *     on it
 * @param memory what is preferred where speed and memory are at odds; results do not depend on it
 * @param convolution which algorithms convolve
 */
public record CpuOptions(int threads, MemoryUse memory, ConvolutionUse convolution) {
  private static final String THREADS_PROPERTY = "tempera.threads";
  private static final String MEMORY_PROPERTY = "tempera.cpu.memory";
  private static final String CONVOLUTION_PROPERTY = "tempera.cpu.conv";
  private static final int MOST_THREADS = 1024;

  /**
   * Checks the number of threads.
   *
   * @throws BackendException unless it is from 1 to 1024
   */
  public CpuOptions {
    if (threads < 1 || threads > MOST_THREADS) {
      throw new BackendException(
          "cpu: the number of threads is from 1 to " + MOST_THREADS + ", here " + threads);
    }
  }

  /** So many threads, the fastest algorithms, and memory spent for speed. */
  public CpuOptions(int threads) {
    this(threads, MemoryUse.FAST, ConvolutionUse.FAST);
  }

  /** The same but for the number of threads. */
  public CpuOptions withThreads(int threads) {
    return new CpuOptions(threads, memory, convolution);
  }

  /** The same but for what memory is spent for. */
  public CpuOptions withMemory(MemoryUse memory) {
    return new CpuOptions(threads, memory, convolution);
  }

  /** The same but for the algorithms of convolution. */
  public CpuOptions withConvolution(ConvolutionUse convolution) {
    return new CpuOptions(threads, memory, convolution);
  }

  /**
   * The options that system properties set: {@code tempera.threads}, without which there is one
   * thread for each processor of this machine; {@code tempera.cpu.memory}, {@code fast} or {@code
   * lean}, without which the memory that the machine has free decides; and {@code
   * tempera.cpu.conv}, {@code fast} or {@code direct}, without which it is fast.
   *
   * @throws BackendException if a property has another value
   */
  public static CpuOptions fromSystemProperties() {
    String memory = System.getProperty(MEMORY_PROPERTY);
    return new CpuOptions(
        threadsFromProperty(),
        memory == null ? MemoryUse.fittingThisMachine() : MemoryUse.named(memory, MEMORY_PROPERTY),
        ConvolutionUse.named(
            System.getProperty(CONVOLUTION_PROPERTY, "fast"), CONVOLUTION_PROPERTY));
  }

  private static int threadsFromProperty() {
    String threads = System.getProperty(THREADS_PROPERTY);
    if (threads == null) {
      return Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
    }
    try {
      return Integer.parseInt(threads.strip());
    } catch (NumberFormatException e) {
      throw new BackendException(
          "cpu: system property "
              + THREADS_PROPERTY
              + " is a number from 1 to "
              + MOST_THREADS
              + ", here \""
              + threads
              + "\"");
    }
  }
}
