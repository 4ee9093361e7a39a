package dev.tempera.style.cli;

import dev.tempera.data.ByteCount;
import dev.tempera.vgg.fetch.PublishedHash;
import dev.tempera.vgg.fetch.WeightCache;
import dev.tempera.vgg.fetch.WeightManifest;
import dev.tempera.vgg.fetch.WeightSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the published weights that can be fetched, and which of them are here. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Lists published weights: what they are, and whether they are here.")
final class WeightsListCommand implements Callable<Integer> {
  private static final String ROW = "%-17s %-12s %10s  %-18s %-27s %-12s %s%n";
  private static final int SHOWN_HASH = 17;

  @Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli.
  private CommandSpec spec;

  WeightsListCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    WeightCache cache = WeightCache.standard();
    out.printf(ROW, "name", "family", "size", "hash", "licence", "here", "contents");
    for (WeightSource source : WeightManifest.standard().sources()) {
      out.printf(
          ROW,
          source.name(),
          source.family().name().toLowerCase(Locale.ROOT),
          source.bytes().isPresent() ? ByteCount.text(source.bytes().getAsLong()) : "not told",
          source.hash().map(WeightsListCommand::shortened).orElse("not published"),
          source.licence(),
          state(cache, source),
          source.contents());
    }
    out.println("fetch one with tempera weights fetch NAME; they lie in " + cache.folder());
    return ExitCode.OK;
  }

  private static String shortened(PublishedHash hash) {
    String text = hash.toString();
    return text.length() <= SHOWN_HASH ? text : text.substring(0, SHOWN_HASH - 1) + "…";
  }

  private static String state(WeightCache cache, WeightSource source) throws IOException {
    if (cache.contains(source)) {
      return "yes";
    }
    long part = cache.partBytes(source);
    return part == 0 ? "no" : ByteCount.text(part);
  }
}
