package dev.tempera.cpu;

import dev.tempera.backend.BackendException;

/**
 * How the CPU backend is set up.
 *
 * @param threads how many threads share the work, the calling one included; results do not depend
 *     on it
 */
public record CpuOptions(int threads) {
  private static final String THREADS_PROPERTY = "tempera.threads";
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

  /**
   * The options that the system property {@code tempera.threads} sets; without it, one thread for
   * each processor of this machine.
   *
   * @throws BackendException if the property is not a number from 1 to 1024
   */
  public static CpuOptions fromSystemProperties() {
    String threads = System.getProperty(THREADS_PROPERTY);
    if (threads == null) {
      return new CpuOptions(Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS));
    }
    try {
      return new CpuOptions(Integer.parseInt(threads.strip()));
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
