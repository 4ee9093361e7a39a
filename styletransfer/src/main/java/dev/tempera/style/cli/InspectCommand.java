package dev.tempera.style.cli;

import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.format.WeightFiles;
import dev.tempera.vgg.mapping.ConvolutionEntry;
import dev.tempera.vgg.mapping.NetMapping;
import dev.tempera.vgg.mapping.NetMappings;
import dev.tempera.vgg.mapping.TensorStatistics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what is in a file of weights, and what it is taken for. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Shows the tensors of a file, and which net they are taken for and why.")
final class InspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "A file of weights, in any known format.")
  @SuppressWarnings("NullAway.Init") // Set by picocli.
  private Path file;

  @Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli.
  private CommandSpec spec;

  InspectCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (TensorFile tensors = WeightFiles.open(file)) {
      out.printf(
          Locale.ROOT,
          "%s: %s, %d tensors, %d bytes%n%n",
          file,
          tensors.format(),
          tensors.entries().size(),
          tensors.byteSize());
      printTensors(out, tensors);
      out.println();
      try {
        printNet(out, NetMappings.of(file, tensors));
      } catch (IOException noNet) {
        out.println(noNet.getMessage());
      }
    }
    return ExitCode.OK;
  }

  private static void printTensors(PrintWriter out, TensorFile tensors) throws IOException {
    int widest = tensors.entries().keySet().stream().mapToInt(String::length).max().orElse(0);
    String row = "%-" + Math.clamp(widest, 4, 60) + "s  %-20s %-9s";
    out.printf(
        row + " %11s %11s %11s %11s%n", "name", "shape", "type", "min", "mean", "max", "std");
    for (TensorEntry entry : tensors.entries().values()) {
      TensorStatistics numbers = TensorStatistics.of(entry);
      out.printf(
          Locale.ROOT,
          row + " %11.4g %11.4g %11.4g %11.4g%n",
          entry.name().replaceAll("\\p{Cntrl}", "?"),
          entry.shape(),
          entry.dtype(),
          numbers.minimum(),
          numbers.mean(),
          numbers.maximum(),
          numbers.deviation());
    }
  }

  private static void printNet(PrintWriter out, NetMapping mapping) {
    out.println("source: " + mapping.source());
    out.println("family: " + mapping.family().description());
    out.println("pixels: matrix " + Arrays.toString(mapping.preprocessing().matrix()));
    out.println("        offset " + Arrays.toString(mapping.preprocessing().offset()));
    out.printf(
        "padding: %s, odd sizes are halved %s%n",
        mapping.padding().name().toLowerCase(Locale.ROOT), mapping.ceilPooling() ? "up" : "down");
    out.println("layers:");
    for (Map.Entry<Layer, ConvolutionEntry> entry : mapping.convolutions().entrySet()) {
      printLayer(out, entry.getKey().toString(), entry.getValue());
    }
    mapping.fullyConnected().forEach((name, layer) -> printLayer(out, name, layer));
    out.println("why:");
    mapping.explanation().forEach(sentence -> out.println("  " + sentence));
  }

  private static void printLayer(PrintWriter out, String name, ConvolutionEntry layer) {
    out.printf("  %-8s %-20s %s%n", name, layer.shape(), layer.kernel().name());
  }
}
