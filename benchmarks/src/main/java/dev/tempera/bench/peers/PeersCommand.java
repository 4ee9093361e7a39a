package dev.tempera.bench.peers;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Times this project's kernels and those of other libraries in turn. */
@Command(
    name = "peers",
    mixinStandardHelpOptions = true,
    description = "Times our kernels and those of other libraries in turn, in one run.",
    sortOptions = false,
    footer = {"", "Exit codes: 0 done, 1 failed or results differ, 2 wrong usage."})
public final class PeersCommand implements Callable<Integer> {
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
    commandLine.setExecutionExceptionHandler(PeersCommand::fail);
    return commandLine;
  }

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  private static int refuse(ParameterException failure, String[] arguments) {
    print(failure.getCommandLine(), failure.getMessage() + " (--help lists the options)");
    return CommandLine.ExitCode.USAGE;
  }

  private static int fail(Exception failure, CommandLine commandLine, ParseResult arguments) {
    boolean speaksForItself = failure.getMessage() != null;
    print(commandLine, speaksForItself ? failure.getMessage() : failure.toString());
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** One line that says what is wrong. */
  private static void print(CommandLine commandLine, @Nullable String message) {
    commandLine
        .getErr()
        .println("peers: " + String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", "; "));
  }

  @Override
  public Integer call() throws IOException {
    options.check(spec.commandLine());
    new PeersRun(options, spec.commandLine().getOut()).run();
    return CommandLine.ExitCode.OK;
  }
}
