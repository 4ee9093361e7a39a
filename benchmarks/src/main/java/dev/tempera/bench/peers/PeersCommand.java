package dev.tempera.bench.peers;

import dev.tempera.bench.contest.Contest;
import dev.tempera.bench.contest.Contestant;
import dev.tempera.bench.contest.Outcome;
import dev.tempera.bench.machine.PeakRate;
import dev.tempera.bench.ours.Tempera;
import dev.tempera.bench.report.OutcomeLine;
import dev.tempera.bench.report.Summary;
import dev.tempera.bench.work.CaseGroup;
import dev.tempera.bench.work.Workload;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Times this project's kernels and those of other libraries in turn. */
@Command(
    name = "peers",
    mixinStandardHelpOptions = true,
    description = "Times our kernels and those of other libraries in turn, in one run.",
    sortOptions = false)
public final class PeersCommand implements Runnable {
  @Mixin private final PeersOptions options = new PeersOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli.
  private CommandSpec spec;

  private PeersCommand() {}

  /** The command line, for tests and for the program. */
  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new PeersCommand());
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setParameterExceptionHandler(PeersCommand::refuse);
    return commandLine;
  }

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** One line that says what is wrong. */
  private static int refuse(ParameterException failure, String[] arguments) {
    String message = String.valueOf(failure.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; ");
    failure.getCommandLine().getErr().println("peers: " + message + " (--help lists the options)");
    return CommandLine.ExitCode.USAGE;
  }

  @Override
  public void run() {
    options.check(spec.commandLine());
    PrintWriter out = spec.commandLine().getOut();
    List<Contestant> peers = new ArrayList<>();
    try (Tempera ours = new Tempera(options.threads());
        PeakRate one = new PeakRate(1);
        PeakRate all = new PeakRate(options.threads())) {
      peers.addAll(Peers.available(options, out));
      printPeak(out, one, all);
      out.println("ours=\"" + ours.description() + "\"");
      Contest contest =
          new Contest(ours, peers, all, options.repetitions(), options.warmUpSeconds());
      List<Outcome> outcomes = new ArrayList<>();
      for (CaseGroup group : options.cases()) {
        for (Workload workload : group.workloads(options.sizeOf(group))) {
          List<Outcome> own = contest.run(workload);
          own.forEach(outcome -> out.println(OutcomeLine.of(outcome)));
          out.flush();
          outcomes.addAll(own);
        }
      }
      Summary.of(outcomes).forEach(summary -> out.println(summary.line()));
      out.printf(Locale.ROOT, "peak_gflops=%.0f threads=%d%n", all.median(), options.threads());
    } finally {
      peers.forEach(Contestant::close);
    }
  }

  private void printPeak(PrintWriter out, PeakRate one, PeakRate all) {
    for (int i = 0; i < 9; i++) {
      one.measure();
      all.measure();
    }
    out.printf(
        Locale.ROOT,
        "peak_gflops_1=%.0f peak_gflops_%d=%.0f%n",
        one.median(),
        options.threads(),
        all.median());
    out.flush();
  }
}
