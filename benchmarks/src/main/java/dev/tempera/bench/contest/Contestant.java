package dev.tempera.bench.contest;

import dev.tempera.bench.work.Computation;
import java.util.OptionalLong;

/** A library that computations are timed in. */
public interface Contestant extends AutoCloseable {
  /** Its name in printed lines, such as {@code pytorch}. */
  String name();

  /** What exactly runs, for people: version and settings. */
  String description();

  /** Whether it has a way to do this computation. */
  boolean runs(Computation computation);

  /** Brings the operands of a computation to where this library wants them. */
  Attempt prepare(Computation computation);

  /** The most bytes of main memory that its process has held, where the system says. */
  OptionalLong peakMemory();

  /** Ends what was started. */
  @Override
  void close();
}
