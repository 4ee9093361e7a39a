package dev.tempera.bench.report;

import dev.tempera.bench.contest.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Outcomes as a table of comma-separated values, a row each. */
public final class OutcomeTable {
  private static final String HEAD =
      "case,shape,layers,ours_ms,peer,peer_ms,ratio,gflops,peer_gflops,peak_gflops,"
          + "flops_per_byte,difference";

  private OutcomeTable() {}

  /**
   * Writes the table beside the file and then moves it there.
   *
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, List<Outcome> outcomes) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(HEAD);
    outcomes.forEach(outcome -> lines.add(row(outcome)));
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    Files.write(beside, lines);
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String row(Outcome outcome) {
    return String.format(
        Locale.ROOT,
        "%s,%s,%d,%.3f,%s,%.3f,%.3f,%.1f,%.1f,%.1f,%.2f,%.2e",
        outcome.workload().name(),
        outcome.workload().computation().shape(),
        outcome.workload().layers(),
        outcome.oursMillis(),
        outcome.peer(),
        outcome.peerMillis(),
        outcome.ratio(),
        outcome.oursRate(),
        outcome.peerRate(),
        outcome.peakRate(),
        outcome.workload().computation().intensity(),
        outcome.difference());
  }
}
