package dev.tempera.style.cli;

import dev.tempera.style.demo.DemoPictures;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the two example pictures that the program paints itself. */
@Command(
    name = "examples",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description =
        "Writes two generated pictures to try the program on: a landscape and a painting.")
final class ExamplesCommand implements Runnable {
  @Parameters(paramLabel = "FOLDER", description = "Where to, made if it does not exist.")
  @SuppressWarnings("NullAway.Init") // Set by picocli.
  private Path folder;

  @Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli.
  private CommandSpec spec;

  ExamplesCommand() {}

  @Override
  public void run() {
    for (Path file : DemoPictures.writeTo(folder)) {
      spec.commandLine().getOut().println("wrote " + file);
    }
  }
}
