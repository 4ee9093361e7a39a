package dev.tempera.style.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code tempera} command: prints its version and its help. */
@Command(
    name = "tempera",
    mixinStandardHelpOptions = true,
    version = "tempera 0.1.0-SNAPSHOT",
    description = "Paints a photograph in the style of a painting.")
public final class Main implements Runnable {
  private final CommandLine commandLine = new CommandLine(this);

  private Main() {}

  @Override
  public void run() {
    commandLine.usage(commandLine.getErr());
  }

  /**
   * Runs the command and ends the process with its exit code: 0 success, 1 failure, 2 wrong usage.
   */
  public static void main(String[] arguments) {
    System.exit(new Main().commandLine.execute(arguments));
  }
}
