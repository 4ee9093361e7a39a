package dev.tempera.style.cli;

import dev.tempera.backend.Availability;
import dev.tempera.backend.BackendProvider;
import dev.tempera.backend.Backends;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists what can compute here. */
@Command(
    name = "backends",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Lists what can compute on this machine, and which one is taken.")
final class BackendsCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli.
  private CommandSpec spec;

  BackendsCommand() {}

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    String taken = Backends.current().name();
    for (BackendProvider provider : Backends.providers()) {
      Availability availability = provider.check();
      out.printf(
          "%s %-10s %-13s %s%n",
          provider.name().equals(taken) ? "*" : " ",
          provider.name(),
          availability.available() ? "available" : "not available",
          availability.detail());
    }
    out.println("* is taken unless --backend names another");
  }
}
