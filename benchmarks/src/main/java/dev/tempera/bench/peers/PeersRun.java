package dev.tempera.bench.peers;

import dev.tempera.bench.contest.Contest;
import dev.tempera.bench.contest.Contestant;
import dev.tempera.bench.contest.Outcome;
import dev.tempera.bench.machine.PeakRate;
import dev.tempera.bench.machine.StreamCopy;
import dev.tempera.bench.ours.Tempera;
import dev.tempera.bench.process.PeerException;
import dev.tempera.bench.report.OutcomeLine;
import dev.tempera.bench.report.OutcomeTable;
import dev.tempera.bench.report.Roofline;
import dev.tempera.bench.report.Summary;
import dev.tempera.bench.work.CaseGroup;
import dev.tempera.bench.work.StyleStep;
import dev.tempera.bench.work.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One run of the command: starts the peers, times the cases, prints and draws. */
final class PeersRun {
  private static final int PEAK_MEASUREMENTS = 9;
  private static final int COPIED_FLOATS = 1 << 24;
  private static final int COPIES = 9;

  private final PeersOptions options;
  private final PrintWriter out;
  private final List<Outcome> outcomes = new ArrayList<>();

  PeersRun(PeersOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Runs.
   *
   * @throws IOException if a file cannot be written
   * @throws IllegalStateException if somebody computed something else than we did
   */
  void run() throws IOException {
    try (PeakRate one = new PeakRate(1);
        PeakRate all = new PeakRate(options.threads())) {
      printPeaks(one, all);
      Set<CaseGroup> groups = options.cases();
      List<Workload> workloads =
          groups.stream()
              .flatMap(group -> group.workloads(options.sizeOf(group)).stream())
              .toList();
      if (!workloads.isEmpty()) {
        contest(workloads, all);
      }
      if (groups.contains(CaseGroup.STEP)) {
        new StepMemory(options, new StyleStep(options.sizeOf(CaseGroup.STEP))).print(out);
      }
      if (groups.contains(CaseGroup.SCALING)) {
        new StepScaling(options, options.sizeOf(CaseGroup.SCALING)).print(out, one, all);
      }
      Summary.of(outcomes).forEach(summary -> out.println(summary.line()));
      out.printf(Locale.ROOT, "peak_gflops=%.0f threads=%d%n", all.median(), options.threads());
      if (options.out().isPresent()) {
        write(options.out().get(), all.median());
      }
    }
  }

  private void printPeaks(PeakRate one, PeakRate all) {
    for (int i = 0; i < PEAK_MEASUREMENTS; i++) {
      one.measure();
      all.measure();
    }
    out.printf(
        Locale.ROOT,
        "threads=%d peak_gflops_1=%.0f peak_gflops=%.0f%n",
        options.threads(),
        one.median(),
        all.median());
    out.flush();
  }

  private void contest(List<Workload> workloads, PeakRate peak) {
    List<Contestant> peers = new ArrayList<>();
    try (Tempera ours = new Tempera(options.threads())) {
      out.println("ours=\"" + ours.description() + "\"");
      start(peers);
      if (peers.isEmpty()) {
        throw new IllegalStateException("no other library works here; see the lines above");
      }
      Contest contest =
          new Contest(ours, peers, peak, options.repetitions(), options.warmUpSeconds());
      for (Workload workload : workloads) {
        List<Outcome> own = contest.run(workload);
        if (own.isEmpty()) {
          out.println("skipped=" + workload.name() + " reason=\"no other library here offers it\"");
        }
        own.forEach(outcome -> out.println(OutcomeLine.of(outcome)));
        outcomes.addAll(own);
        out.flush();
      }
    } finally {
      peers.forEach(Contestant::close);
    }
  }

  /** Starts the peers, and says of each what it is, or why it is not there. */
  private void start(List<Contestant> peers) {
    for (PeerName name : options.peers()) {
      try {
        Contestant peer = name.start(options);
        peers.add(peer);
        out.println("peer=" + peer.name() + " description=\"" + peer.description() + "\"");
      } catch (IOException | PeerException e) {
        out.println("skipped=" + name.label() + " reason=\"" + e.getMessage() + "\"");
      }
      out.flush();
    }
  }

  private void write(Path folder, double peakRate) throws IOException {
    Files.createDirectories(folder);
    Path table = folder.resolve("peers.csv");
    OutcomeTable.write(table, outcomes);
    out.println("wrote " + table);
    if (!outcomes.isEmpty()) {
      double bandwidth;
      try (StreamCopy copy = new StreamCopy(options.threads(), COPIED_FLOATS)) {
        bandwidth = copy.rate(COPIES);
      }
      Path plot = folder.resolve("roofline.png");
      new Roofline(peakRate, bandwidth, options.threads()).draw(plot, outcomes);
      out.println("wrote " + plot);
    }
  }
}
