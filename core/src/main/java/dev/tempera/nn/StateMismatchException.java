package dev.tempera.nn;

import java.io.IOException;

/**
 * Says that a state file does not fit a block: which names are missing, unexpected or of another
 * shape.
 */
public final class StateMismatchException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient StateReport report;

  /** An exception about a file that does not fit. */
  StateMismatchException(StateReport report) {
    super(
        "state: the file does not fit the block; "
            + report
            + "\n  hint    loadMatching reads what fits and reports the rest");
    this.report = report;
  }

  /** What fits and what does not. */
  public StateReport report() {
    return report;
  }
}
