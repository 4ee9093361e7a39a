package dev.tempera.bench.onednn;

import dev.tempera.bench.contest.Attempt;
import org.bytedeco.javacpp.PointerScope;

/** Runs of a program. */
final class ProgramAttempt implements Attempt {
  private final Program program;
  private final Processor processor;
  private final PointerScope scope;

  /**
   * Attempts.
   *
   * @param scope of everything that the program consists of
   */
  ProgramAttempt(Program program, Processor processor, PointerScope scope) {
    this.program = program;
    this.processor = processor;
    this.scope = scope;
  }

  @Override
  public double run() {
    long start = System.nanoTime();
    processor.run(program.executions());
    return (System.nanoTime() - start) / 1e6;
  }

  @Override
  public float[] result() {
    return Processor.floats(program.result());
  }

  @Override
  public void close() {
    scope.close();
  }
}
