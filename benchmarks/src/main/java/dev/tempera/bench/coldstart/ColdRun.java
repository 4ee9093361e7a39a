package dev.tempera.bench.coldstart;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of the program in a process of its own, timed from outside.
 *
 * @param firstRound how many evaluations the first round had
 * @param evaluationMillis when each evaluation of the losses was done, from the start of the
 *     process
 * @param totalMillis when the process had ended, its picture written
 */
record ColdRun(int firstRound, List<Double> evaluationMillis, double totalMillis) {
  private static final String IN_FIRST_ROUND = "\"scale\":1,";

  /**
   * Starts the program and waits for its end.
   *
   * @param program the launcher
   * @param arguments of {@code stylize}, without the trace
   * @throws IOException if it cannot be started, or fails
   */
  static ColdRun of(Path program, List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString(), "stylize"));
    command.addAll(arguments);
    // The trace is written line by line, at once: into the pipe that is read here.
    command.addAll(List.of("--quiet", "--trace", "/dev/stdout"));
    List<Double> evaluations = new ArrayList<>();
    int firstRound = 0;
    long started = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
    try (BufferedReader trace = process.inputReader()) {
      for (String line = trace.readLine(); line != null; line = trace.readLine()) {
        evaluations.add(millisSince(started));
        firstRound += line.contains(IN_FIRST_ROUND) ? 1 : 0;
      }
    }
    int exitCode = process.waitFor();
    double total = millisSince(started);
    if (exitCode != 0 || evaluations.isEmpty()) {
      throw new IOException(String.join(" ", command) + " ended with exit code " + exitCode);
    }
    return new ColdRun(firstRound, evaluations, total);
  }

  /** What each evaluation took; the first, from the start of the process. */
  List<Double> steps() {
    List<Double> steps = new ArrayList<>();
    double before = 0;
    for (double now : evaluationMillis) {
      steps.add(now - before);
      before = now;
    }
    return steps;
  }

  private static double millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }
}
