package dev.tempera.bench.contest;

import dev.tempera.bench.work.Workload;

/**
 * Ours against one peer in one computation.
 *
 * @param oursMillis median
 * @param peer its name
 * @param peerMillis median
 * @param peakRate what the processor reached in registers in between, in GFLOP/s, median
 * @param difference of the two results, relative to the largest element
 */
public record Outcome(
    Workload workload,
    double oursMillis,
    String peer,
    double peerMillis,
    double peakRate,
    double difference) {

  /** How many times faster ours is. */
  public double ratio() {
    return peerMillis / oursMillis;
  }

  /** Operations of the plain method in our time, in GFLOP/s. */
  public double oursRate() {
    return workload.computation().operations() / oursMillis / 1e6;
  }

  /** Operations of the plain method in the peer's time, in GFLOP/s. */
  public double peerRate() {
    return workload.computation().operations() / peerMillis / 1e6;
  }
}
