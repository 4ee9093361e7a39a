package dev.tempera.style.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Groups the commands on weight files. */
@Command(
    name = "weights",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Deals with files of VGG weights.",
    subcommands = {
      WeightsListCommand.class,
      WeightsFetchCommand.class,
      InspectCommand.class,
      ConvertCommand.class,
      VerifyCommand.class
    })
final class WeightsCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli.
  private CommandSpec spec;

  WeightsCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
