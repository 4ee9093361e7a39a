package dev.tempera.bench.peers;

import dev.tempera.bench.contest.Attempt;
import dev.tempera.bench.contest.Contestant;
import dev.tempera.bench.ours.Tempera;
import dev.tempera.bench.process.JavaCommand;
import dev.tempera.bench.process.PeerException;
import dev.tempera.bench.process.RemoteContestant;
import dev.tempera.bench.work.StyleStep;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * The memory of a step of style transfer: everybody takes some in a fresh process of its own, and
 * the system says how much of the main memory the process had at most.
 */
final class StepMemory {
  private static final int STEPS = 5;
  private static final double MEBIBYTE = 1 << 20;

  private final PeersOptions options;
  private final StyleStep step;

  StepMemory(PeersOptions options, StyleStep step) {
    this.options = options;
    this.step = step;
  }

  /** Measures, and prints a line for each peer that works here. */
  void print(PrintWriter out) throws IOException {
    OptionalLong ours =
        peak(
            new RemoteContestant(
                JavaCommand.LIKE_THIS, Tempera.class.getName(), options.threads()));
    if (ours.isEmpty()) {
      out.println("skipped=step-memory reason=\"only Linux says how much memory a process had\"");
      return;
    }
    for (PeerName name : options.peers()) {
      OptionalLong peer = peak(name);
      if (peer.isPresent()) {
        out.printf(
            Locale.ROOT,
            "case=step-memory ours_mb=%.0f peer=%s peer_mb=%.0f ratio=%.2f shape=%s%n",
            ours.getAsLong() / MEBIBYTE,
            name.label(),
            peer.getAsLong() / MEBIBYTE,
            (double) peer.getAsLong() / ours.getAsLong(),
            step.shape());
        out.flush();
      }
    }
  }

  /** None where the peer does not work, which has been told already. */
  private OptionalLong peak(PeerName name) {
    try {
      return peak(name.start(options));
    } catch (IOException | PeerException notHere) {
      return OptionalLong.empty();
    }
  }

  private OptionalLong peak(Contestant started) {
    try (Contestant contestant = started) {
      if (!contestant.runs(step)) {
        return OptionalLong.empty();
      }
      try (Attempt attempt = contestant.prepare(step)) {
        for (int i = 0; i < STEPS; i++) {
          attempt.run();
        }
        return contestant.peakMemory();
      }
    }
  }
}
