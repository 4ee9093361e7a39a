package dev.tempera.style.cli;

import dev.tempera.data.DType;
import dev.tempera.io.TensorFile;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.Vgg;
import dev.tempera.vgg.WeightMetadata;
import dev.tempera.vgg.format.WeightFiles;
import dev.tempera.vgg.mapping.NetMapping;
import dev.tempera.vgg.mapping.NetMappings;
import dev.tempera.vgg.mapping.WeightConversion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the net in a file of weights as safetensors. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    description = {
      "Writes the net in a file as safetensors: layers by name, (Cout, Cin, kH, kW), and",
      "preprocessing, padding and origin in the header."
    })
final class ConvertCommand implements Callable<Integer> {
  private static final Map<String, DType> TYPES =
      Map.of("f32", DType.FLOAT32, "f16", DType.FLOAT16, "bf16", DType.BFLOAT16);

  @Parameters(index = "0", paramLabel = "IN", description = "A file of weights, in any format.")
  private Path in;

  @Parameters(index = "1", paramLabel = "OUT", description = "The safetensors file to write.")
  private Path out;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      description = "f32, f16 or bf16. Default: ${DEFAULT-VALUE}",
      defaultValue = "f32")
  private String type;

  @Option(
      names = "--until",
      paramLabel = "LAYER",
      description = "Leaves out what lies behind this layer, such as relu5_1. Default: keep all.")
  private @Nullable String until;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // Fields are set by picocli.
  ConvertCommand() {}

  @Override
  public Integer call() throws IOException {
    DType chosen = TYPES.get(type);
    if (chosen == null) {
      throw usage("--dtype is '" + type + "'; f32, f16 and bf16 are known");
    }
    if (Files.exists(out) && Files.exists(in) && Files.isSameFile(in, out)) {
      throw usage("IN and OUT are the same file: " + in);
    }
    try (TensorFile file = WeightFiles.open(in)) {
      NetMapping mapping = NetMappings.of(in, file);
      Layer deepest = deepest(mapping.description());
      Vgg kept = mapping.description().until(deepest);
      WeightMetadata metadata =
          new WeightMetadata(
              architecture(kept),
              mapping.family(),
              mapping.preprocessing(),
              mapping.padding(),
              mapping.ceilPooling(),
              String.valueOf(in.getFileName()),
              "as for " + in.getFileName(),
              sha256(in));
      WeightConversion.write(out, mapping, deepest, chosen, metadata);
      spec.commandLine()
          .getOut()
          .println("wrote " + out + ": " + kept.convolutions().size() + " convolutions, " + type);
    }
    return ExitCode.OK;
  }

  /** The output channels of all convolutions, a bar between blocks. */
  private static String architecture(Vgg net) {
    return net.widths().stream()
        .map(block -> block.stream().map(Object::toString).collect(Collectors.joining(" ")))
        .collect(Collectors.joining(" | ", "vgg ", ""));
  }

  private Layer deepest(Vgg net) {
    if (until == null) {
      return net.deepest();
    }
    Layer layer = layer(until);
    if (!net.has(layer)) {
      throw usage("these weights have no layer " + layer + "; the deepest is " + net.deepest());
    }
    return layer;
  }

  private Layer layer(String name) {
    try {
      return Layer.parse(name);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    }
  }

  private ParameterException usage(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(bytes, digest).transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
