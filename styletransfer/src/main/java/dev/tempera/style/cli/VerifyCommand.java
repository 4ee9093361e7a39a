package dev.tempera.style.cli;

import dev.tempera.vgg.mapping.WeightVerification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells whether weights are read as they were meant. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Compares the first filters with those of the authors' VGG19, and the answers to a test",
      "pattern: tells exchanged channels, flipped kernels and exchanged axes. Exit code 1 where",
      "something is wrong."
    })
final class VerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "A file of weights, in any known format.")
  @SuppressWarnings("NullAway.Init") // Set by picocli.
  private Path file;

  @Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli.
  private CommandSpec spec;

  VerifyCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    WeightVerification verification = WeightVerification.of(file);
    out.println("answers to the test pattern:");
    out.printf("  %-8s %11s %11s %8s%n", "layer", "mean", "max", "active");
    verification
        .activity()
        .forEach(
            (layer, activity) ->
                out.printf(
                    Locale.ROOT,
                    "  %-8s %11.4g %11.4g %6.1f %%%n",
                    layer,
                    activity.mean(),
                    activity.maximum(),
                    100 * activity.activeShare()));
    verification.findings().forEach(out::println);
    out.println(verification.sound() ? "sound" : "not sound");
    return verification.sound() ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
