package dev.tempera.style.cli;

import dev.tempera.backend.BackendException;
import dev.tempera.style.StyleTransferException;
import dev.tempera.style.image.PictureException;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns exceptions into one line and an exit code; with {@code --verbose} the stack trace follows.
 */
final class Failures {
  private Failures() {}

  /** A wrong command line. */
  static int usage(ParameterException failure, String[] arguments) {
    CommandLine commandLine = failure.getCommandLine();
    PrintWriter err = commandLine.getErr();
    err.println("tempera: " + oneLine(String.valueOf(failure.getMessage())));
    if (!UnmatchedArgumentException.printSuggestions(failure, err)) {
      err.println("see " + commandLine.getCommandSpec().qualifiedName() + " --help");
    }
    return ExitCode.USAGE;
  }

  /** A command that failed. */
  static int execution(Exception failure, CommandLine commandLine, ParseResult arguments) {
    PrintWriter err = commandLine.getErr();
    err.println("tempera: " + message(failure));
    boolean verbose =
        commandLine.getParseResult() != null
            && commandLine.getParseResult().hasMatchedOption("--verbose");
    if (verbose) {
      failure.printStackTrace(err);
    }
    return ExitCode.SOFTWARE;
  }

  private static String message(Throwable failure) {
    boolean speaksForItself =
        failure instanceof PictureException
            || failure instanceof StyleTransferException
            || failure instanceof BackendException
            || failure instanceof IOException;
    String text = failure.getMessage();
    return speaksForItself && text != null
        ? oneLine(text)
        : "internal error: " + oneLine(failure.toString()) + " (run with --verbose for details)";
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
