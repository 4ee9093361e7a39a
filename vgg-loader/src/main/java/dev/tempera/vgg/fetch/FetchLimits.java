package dev.tempera.vgg.fetch;

import java.time.Duration;

/**
 * How patient a fetch is.
 *
 * @param attempts how often one address is tried
 * @param firstDelay the wait before the second attempt; each further wait is twice as long
 * @param connect the longest wait for a connection, and for the head of an answer
 * @param stall the longest wait for further bytes
 * @param redirects the most redirections that are followed
 * @param bytes the most a file of unpublished size may have
 */
public record FetchLimits(
    int attempts,
    Duration firstDelay,
    Duration connect,
    Duration stall,
    int redirects,
    long bytes) {
  /** Four attempts, one second apart at first; 30 seconds of silence are too many. */
  public static FetchLimits standard() {
    return new FetchLimits(
        4, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(30), 5, 2L << 30);
  }

  /** The wait after so many failed attempts. */
  Duration delay(int failures) {
    return firstDelay.multipliedBy(1L << Math.min(failures - 1, 10));
  }
}
