package dev.tempera.style.cli;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.backend.MachineMemory;
import dev.tempera.io.TensorFile;
import dev.tempera.style.FeatureSource;
import dev.tempera.style.Optimizer;
import dev.tempera.style.Recipe;
import dev.tempera.style.Start;
import dev.tempera.style.StyleResult;
import dev.tempera.style.StyleTransfer;
import dev.tempera.style.StyleTransferException;
import dev.tempera.style.image.PictureReader;
import dev.tempera.style.image.PictureWriter;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.Pooling;
import dev.tempera.vgg.fetch.WeightCache;
import dev.tempera.vgg.fetch.WeightManifest;
import dev.tempera.vgg.fetch.WeightSource;
import dev.tempera.vgg.format.WeightFiles;
import dev.tempera.vgg.mapping.NetMappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Paints a picture in the style of others. */
@Command(
    name = "stylize",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    description = "Paints CONTENT in the style of one or more STYLE pictures.")
final class StylizeCommand implements Callable<Integer> {
  private static final int INTERRUPTED = 130;
  private static final Layer DEEPEST_USUAL = Layer.relu(5, 1);

  @Parameters(
      index = "0",
      paramLabel = "CONTENT",
      description = "The picture whose things are kept: PNG, JPEG, TIFF, WebP, BMP or GIF.")
  private Path content;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "STYLE",
      description = "The picture whose look is taken; several are blended.")
  private List<Path> styles;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description = "The picture to write, .png, .jpg or .tif. Default: ${DEFAULT-VALUE}",
      defaultValue = "stylized.png")
  private Path output;

  @Option(
      names = "--weights",
      paramLabel = "FILE|NAME",
      description =
          "A file of VGG weights, the name of published ones such as vgg19 (see tempera weights"
              + " list), or dead-leaves for the fixed filters that the program carries. Default:"
              + " filters learned from the pictures.")
  private @Nullable String weights;

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      description = "tempera or gatys. Default: ${DEFAULT-VALUE}",
      defaultValue = "tempera")
  private String recipe;

  @Option(
      names = "--size",
      paramLabel = "N",
      description =
          "Longest side of the result in pixels. Default: "
              + StyleTransfer.USUAL_SIZE
              + ", or the content's own if that is smaller.")
  private @Nullable Integer size;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "Evaluations of the losses. Default: 240 (tempera), 1000 (gatys).")
  private @Nullable Integer iterations;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "lbfgs, adam or sgd. Default: ${DEFAULT-VALUE}",
      defaultValue = "lbfgs")
  private Optimizer optimizer;

  @Option(
      names = "--content-weight",
      paramLabel = "W",
      description = "Default: 1 (tempera), 5 (gatys).")
  private @Nullable Double contentWeight;

  @Option(
      names = "--style-weight",
      paramLabel = "W",
      description = "Default: 6 (tempera: 1 is subtle, 30 strong), 100 (gatys).")
  private @Nullable Double styleWeight;

  @Option(
      names = "--tv-weight",
      paramLabel = "W",
      description = "Total variation, smooths. Default: 0 (tempera), 0.001 (gatys).")
  private @Nullable Double variationWeight;

  @Option(
      names = "--content-layers",
      paramLabel = "LAYERS",
      split = ",",
      description = "Such as relu4_2,relu3_1.")
  private List<String> contentLayers = new ArrayList<>();

  @Option(
      names = "--style-layers",
      paramLabel = "LAYERS",
      split = ",",
      description = "Such as relu1_1,relu2_1,relu3_1.")
  private List<String> styleLayers = new ArrayList<>();

  @Option(
      names = "--pooling",
      paramLabel = "NAME",
      description = "max or avg. Default: ${DEFAULT-VALUE}",
      defaultValue = "max",
      converter = PoolingConverter.class)
  private Pooling pooling;

  @Option(
      names = "--init",
      paramLabel = "START",
      description = "content, noise, or a picture to start from. Default: ${DEFAULT-VALUE}",
      defaultValue = "content")
  private String start;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the noise. Default: ${DEFAULT-VALUE}",
      defaultValue = "0")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with; the result is the same. Default: all processors.")
  private @Nullable Integer threads;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "What computes; see tempera backends.")
  private @Nullable String backend;

  @Option(
      names = "--memory",
      paramLabel = "BYTES",
      description =
          "The most memory, beside Java's heap, that the run may take, such as 4g; a run that"
              + " would take more is refused. Default: what the machine has free.",
      converter = ByteCountConverter.class)
  private @Nullable Long memory;

  @Option(
      names = "--memory-use",
      paramLabel = "HOW",
      description =
          "fast keeps transformed weights, lean makes them anew for each use: less memory, a"
              + " little more time, the same picture. Default: lean where less than 4 GiB are"
              + " free.")
  private @Nullable MemoryUse memoryUse;

  @Option(
      names = "--estimate",
      description = "Prints what memory the run would take, and computes no picture.")
  private boolean estimate;

  @Option(
      names = "--save-every",
      paramLabel = "K",
      description = "Also writes the picture every K evaluations, as OUT-0050.png.")
  private @Nullable Integer saveEvery;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Writes the losses of each evaluation, one JSON object a line.")
  private @Nullable Path trace;

  @Option(names = "--quiet", description = "Prints nothing but errors.")
  private boolean quiet;

  @Option(
      names = "--verbose",
      description =
          "Prints the layers in use, what weights were taken for, and stack traces with errors.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // Fields are set by picocli.
  StylizeCommand() {}

  @Override
  public Integer call() throws IOException {
    StyleTransfer.Builder transfer = StyleTransfer.builder();
    configure(transfer);
    PictureWriter writer = PictureWriter.standard();
    if (!estimate) {
      writer.checkWritable(output);
      TraceWriter.checkWritable(trace);
    }
    Backend chosen = backend();
    chosen.warmUp();
    transfer.content(PictureReader.read(content));
    for (Path style : styles) {
      transfer.style(PictureReader.read(style));
    }
    if (estimate) {
      return printEstimate(transfer, chosen);
    }
    transfer.memoryLimit(memory == null ? MachineMemory.available() : memory);
    ProgressDisplay display =
        new ProgressDisplay(spec.commandLine().getErr(), quiet, verbose, chosen.description());
    try (Backends.Choice _ = Backends.use(chosen);
        TraceWriter losses = TraceWriter.to(trace);
        Interruption interruption = Interruption.watch()) {
      Snapshots snapshots = new Snapshots(writer, output, saveEvery);
      transfer.listener(new RunListener(display, losses, snapshots, interruption));
      StyleResult result = transfer.run();
      display.clear();
      writer.write(result.picture(), output);
      report(result);
      interruption.saved();
      return switch (result.ending()) {
        case FINISHED -> ExitCode.OK;
        case STOPPED -> INTERRUPTED;
        case NOT_FINITE -> ExitCode.SOFTWARE;
      };
    } catch (OutOfMemoryError tooLarge) {
      throw new StyleTransferException(
          "not enough memory for this size; use a smaller --size, or TEMPERA_JAVA_OPTS=-Xmx4g");
    }
  }

  private int printEstimate(StyleTransfer.Builder transfer, Backend chosen) throws IOException {
    try (Backends.Choice _ = Backends.use(chosen)) {
      spec.commandLine().getOut().println(transfer.forecast());
    }
    return ExitCode.OK;
  }

  private Backend backend() {
    if (threads != null) {
      System.setProperty("tempera.threads", threads.toString());
    }
    if (memoryUse != null) {
      memoryUse.choose();
    }
    return backend == null ? Backends.current() : Backends.named(backend);
  }

  /** The trace must not overwrite a picture of the run. */
  private void requireTraceApart() {
    List<Path> pictures = new ArrayList<>(styles);
    pictures.add(content);
    pictures.add(output);
    for (Path picture : pictures) {
      if (trace != null && trace.toAbsolutePath().equals(picture.toAbsolutePath())) {
        throw new IllegalArgumentException("--trace names a picture of this run: " + trace);
      }
    }
  }

  private void configure(StyleTransfer.Builder transfer) throws IOException {
    try {
      Recipe chosen = Recipe.named(recipe);
      transfer.recipe(
          chosen.withWeights(
              contentWeight == null ? chosen.contentWeight() : contentWeight,
              styleWeight == null ? chosen.styleWeight() : styleWeight,
              variationWeight == null ? chosen.variationWeight() : variationWeight));
      List<Layer> ofContent = layers(contentLayers);
      List<Layer> ofStyle = layers(styleLayers);
      transfer
          .contentLayers(ofContent)
          .styleLayers(ofStyle)
          .optimizer(optimizer)
          .pooling(pooling)
          .features(features(deepest(ofContent, ofStyle)));
      if (size != null) {
        transfer.size(size);
      }
      if (iterations != null) {
        transfer.iterations(iterations);
      }
      requireTraceApart();
      requirePositive("--threads", threads);
      requirePositive("--save-every", saveEvery);
    } catch (IllegalArgumentException | StyleTransferException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    }
    transfer.start(start());
  }

  private static void requirePositive(String option, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw new IllegalArgumentException(option + " is " + value + "; at least 1 is needed");
    }
  }

  private Start start() {
    return switch (start) {
      case "content" -> Start.content();
      case "noise" -> Start.noise(seed);
      default -> Start.picture(PictureReader.read(Path.of(start)));
    };
  }

  private FeatureSource features(Layer deepest) throws IOException {
    if (weights == null) {
      return FeatureSource.ofPictures();
    }
    if (weights.equals("dead-leaves")) {
      return FeatureSource.deadLeaves();
    }
    Path file = weightFile(weights);
    explainWeights(file);
    return FeatureSource.weights(file, deepest);
  }

  /** The file of that name, or where there is none, the published weights of that name. */
  private static Path weightFile(String weights) throws IOException {
    Path file = Path.of(weights);
    if (Files.exists(file)) {
      return file;
    }
    WeightSource published =
        WeightManifest.standard()
            .find(weights)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "--weights "
                            + weights
                            + ": there is no such file, and no published weights have this name;"
                            + " see tempera weights list"));
    return WeightCache.standard().verified(published);
  }

  private void explainWeights(Path file) throws IOException {
    if (verbose && !quiet) {
      try (TensorFile tensors = WeightFiles.open(file)) {
        NetMappings.of(file, tensors)
            .explanation()
            .forEach(sentence -> spec.commandLine().getErr().println("weights: " + sentence));
      }
    }
  }

  private static Layer deepest(List<Layer> content, List<Layer> style) {
    List<Layer> all = new ArrayList<>(content);
    all.addAll(style);
    if (content.isEmpty() || style.isEmpty()) {
      all.add(DEEPEST_USUAL);
    }
    return Collections.max(all);
  }

  private static List<Layer> layers(List<String> names) {
    return names.stream().map(Layer::parse).toList();
  }

  private void report(StyleResult result) {
    boolean failed = result.ending() == StyleResult.Ending.NOT_FINITE;
    if (failed || (!quiet && result.ending() == StyleResult.Ending.STOPPED)) {
      spec.commandLine().getErr().println("tempera: " + result.message());
    }
    if (quiet) {
      return;
    }
    double seconds = result.history().getLast().elapsedMillis() / 1000.0;
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "wrote %s (%d×%d) after %d evaluations in %.1f s%n",
            output,
            result.picture().width(),
            result.picture().height(),
            result.history().size(),
            seconds);
  }
}
