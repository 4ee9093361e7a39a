package dev.tempera.bench.contest;

/** A computation made ready in one library. */
public interface Attempt extends AutoCloseable {
  /**
   * Computes once.
   *
   * @return milliseconds that it took, without what the clock and the transport of the answer take
   */
  double run();

  /** What the latest run computed, densely in the computation's {@code resultOrder}. */
  float[] result();

  /** Gives the operands back. */
  @Override
  void close();
}
