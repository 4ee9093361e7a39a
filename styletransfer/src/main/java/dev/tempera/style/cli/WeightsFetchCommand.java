package dev.tempera.style.cli;

import dev.tempera.vgg.fetch.FetchLimits;
import dev.tempera.vgg.fetch.WeightCache;
import dev.tempera.vgg.fetch.WeightFetcher;
import dev.tempera.vgg.fetch.WeightManifest;
import dev.tempera.vgg.fetch.WeightSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fetches published weights into the cache. */
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    description =
        "Fetches published weights from their publisher and checks them. What was cut is resumed."
            + " https_proxy and no_proxy are heeded.")
final class WeightsFetchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "One of those that tempera weights list shows.")
  private String name;

  @Option(
      names = "--mirror",
      paramLabel = "URL",
      description =
          "Another address of the same file, or with a slash at the end the folder it lies in.")
  private @Nullable URI mirror;

  @Option(names = "--quiet", description = "Prints nothing but errors.")
  private boolean quiet;

  @Option(
      names = "--verbose",
      description =
          "Prints where size, hash and licence are published, and stack traces with errors.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // Fields are set by picocli.
  WeightsFetchCommand() {}

  @Override
  public Integer call() throws IOException {
    WeightSource source = WeightManifest.standard().source(name);
    if (verbose) {
      spec.commandLine().getErr().println("published: " + source.evidence());
    }
    FetchDisplay display = new FetchDisplay(spec.commandLine().getErr(), quiet);
    try {
      Path file =
          new WeightFetcher(WeightCache.standard(), FetchLimits.standard(), display)
              .fetch(source, mirror);
      display.clear();
      if (!quiet) {
        String checked = source.hash().map(hash -> ", " + hash + " checked").orElse("");
        spec.commandLine().getOut().println(name + " is here: " + file + checked);
        spec.commandLine().getOut().println("licence: " + source.licence());
      }
      return ExitCode.OK;
    } finally {
      display.clear();
    }
  }
}
