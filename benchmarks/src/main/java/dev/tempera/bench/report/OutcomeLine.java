package dev.tempera.bench.report;

import dev.tempera.bench.contest.Outcome;
import java.util.Locale;

/** What is printed of one outcome: one line of {@code name=value}. */
public final class OutcomeLine {
  private OutcomeLine() {}

  /** The line, without its end. */
  public static String of(Outcome outcome) {
    return String.format(
        Locale.ROOT,
        "case=%s ours_ms=%.2f peer=%s peer_ms=%.2f ratio=%.2f gflops=%.0f peak_gflops=%.0f"
            + " difference=%.1e shape=%s",
        outcome.workload().name(),
        outcome.oursMillis(),
        outcome.peer(),
        outcome.peerMillis(),
        outcome.ratio(),
        outcome.oursRate(),
        outcome.peakRate(),
        outcome.difference(),
        outcome.workload().computation().shape());
  }
}
